/// One thing that is wrong in the configuration, and where. Never holds a value that could be a secret.
public struct ConfigurationProblem: Sendable, Hashable, CustomStringConvertible {
    /// The file, as it was named to the loader.
    public var file: String
    /// Starts at 1.
    public var line: Int
    /// Starts at 1, in Unicode scalars.
    public var column: Int
    /// The path of the key, such as `tenants.acme.channels.support.acces_token`; empty for the file as a whole.
    public var path: String
    /// What is wrong and what to do.
    public var message: String
    /// What was probably meant.
    public var suggestion: String?

    public init(file: String, line: Int, column: Int, path: String, message: String, suggestion: String? = nil) {
        self.file = file
        self.line = line
        self.column = column
        self.path = path
        self.message = message
        self.suggestion = suggestion
    }

    /// `file:line:column: path: message (did you mean "…"?)`.
    public var description: String {
        let place = path.isEmpty ? "" : "\(path): "
        let hint = suggestion.map { " (did you mean \"\($0)\"?)" } ?? ""
        return "\(file):\(line):\(column): \(place)\(message)\(hint)"
    }
}
