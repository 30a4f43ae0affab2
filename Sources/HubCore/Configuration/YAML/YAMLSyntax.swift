import Yams

/// Tells what the parser refused. Its errors hold the whole file, so only the position and its fixed words are taken.
enum YAMLSyntax {
    static func problem(_ error: any Error, in text: String) -> YAMLDocument.Problem {
        switch error as? YamlError {
        case .reader(let problem, let offset, _, _):
            return YAMLDocument.Problem(
                position: position(ofCharacter: offset ?? 0, in: text), message: "not valid YAML: \(problem)")
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            let position = FilePosition(line: mark.line, column: mark.column)
            return YAMLDocument.Problem(position: position, message: message(problem, at: position, in: text))
        default:
            return YAMLDocument.Problem(position: .start, message: "not valid YAML")
        }
    }

    /// The parser's words, and a hint where a newcomer is known to stumble.
    private static func message(_ problem: String, at position: FilePosition, in text: String) -> String {
        if problem == "but found another document" { return "a second document begins here; a file holds only one" }
        let line =
            text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .dropFirst(position.line - 1).first ?? ""
        let hint: String
        if problem.contains("alphabetic or numeric character") {
            hint = "; a \"*\" has to stand in quotes"
        } else if line.contains("{"), line.contains("${"), !problem.contains("alias") {
            hint = "; inside {} a ${...} has to stand in quotes"
        } else if problem.contains("undefined alias") {
            hint = "; the anchor has to come first and cannot hold itself"
        } else {
            hint = ""
        }
        return "not valid YAML: \(problem)\(hint)"
    }

    private static func position(ofCharacter offset: Int, in text: String) -> FilePosition {
        position(after: text.prefix(offset))
    }

    static func position(ofByte offset: Int, in text: String) -> FilePosition {
        position(after: Substring(decoding: text.utf8.prefix(offset), as: UTF8.self))
    }

    private static func position(after text: Substring) -> FilePosition {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return FilePosition(line: lines.count, column: (lines.last?.unicodeScalars.count ?? 0) + 1)
    }
}
