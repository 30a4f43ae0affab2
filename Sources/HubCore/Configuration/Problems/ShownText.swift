/// Decides what of a file's content an error may show: what looks like a name, and nothing that could be a secret.
enum ShownText {
    /// The text in quotes, or words in its place when it could be more than a name.
    static func quoted(_ text: String) -> String { isName(text) ? "\"\(text)\"" : "this" }

    /// The text as a part of a path.
    static func pathPart(_ text: String) -> String { isName(text) ? text : "?" }

    /// A mistyped key or name is short and plain; signing secrets, tokens and keys are longer, without dashes between
    /// words.
    private static func isName(_ text: String) -> Bool {
        let isShort = (1...24).contains(text.utf8.count)
        guard isShort || (ConfigurationName.isValid(text) && text.contains("-")) else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "*"), UInt8(ascii: "<"):
                true
            default: false
            }
        }
    }
}
