/// One thing that is wrong with what a caller asks for.
public struct RequestProblem: Sendable, Hashable, Codable {
    /// Where, as a JSON Pointer (RFC 6901).
    public var pointer: String
    /// Stable, for programs, such as `wrong_length`.
    public var code: String
    /// For people: what is wrong and what would be right. Never the value.
    public var detail: String

    public init(pointer: String, code: String, detail: String) {
        self.pointer = pointer
        self.code = code
        self.detail = detail
    }
}
