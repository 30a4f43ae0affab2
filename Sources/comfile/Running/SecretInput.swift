import Foundation

/// Takes a secret from somewhere other than the command line, where every process of the machine could read it.
enum SecretInput {
    /// - Parameter source: `-` for a line of standard input, `@FILE` for what a file holds.
    /// - Returns: nil for anything else.
    static func read(_ source: String, for name: String) throws -> String? {
        let text: String
        if source == "-" {
            text = try line(for: name)
        } else if source.hasPrefix("@") {
            let path = String(source.dropFirst())
            guard let data = FileManager.default.contents(atPath: path) else {
                throw Failure("\(path): cannot be read; \(name)=@FILE names a file with the secret")
            }
            text = String(decoding: data, as: UTF8.self)
        } else {
            return nil
        }
        let secret = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !secret.isEmpty else { throw Failure("\(name): nothing was given") }
        return secret
    }

    /// What is typed on a terminal is not shown.
    private static func line(for name: String) throws -> String {
        guard isatty(STDIN_FILENO) == 1 else { return readLine() ?? "" }
        try? FileHandle.standardError.write(contentsOf: Data("\(name): ".utf8))
        var shown = termios()
        guard tcgetattr(STDIN_FILENO, &shown) == 0 else {
            throw Failure("\(name): the terminal cannot be kept from showing it; use \(name)=@FILE")
        }
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
            Terminal.printError("")
        }
        return readLine() ?? ""
    }
}
