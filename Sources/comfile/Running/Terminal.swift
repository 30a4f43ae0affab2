import Foundation

/// Writes to the terminal at once, also when the output is a file or a pipe.
enum Terminal {
    static func print(_ line: String = "") { write(line, to: .standardOutput) }

    static func printError(_ line: String) { write(line, to: .standardError) }

    private static func write(_ line: String, to handle: FileHandle) {
        // A reader that has gone away is no reason to stop.
        try? handle.write(contentsOf: Data("\(line)\n".utf8))
    }
}
