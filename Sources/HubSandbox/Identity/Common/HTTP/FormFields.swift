import Hummingbird

/// The fields of a query or a form in the order they came, repeated ones and all.
struct FormFields: Hashable, Sendable {
    struct Field: Hashable, Sendable {
        let name: String
        let value: String
    }

    var fields: [Field]

    init(_ fields: [Field]) { self.fields = fields }

    /// Reads `application/x-www-form-urlencoded` text.
    init(_ text: some StringProtocol) {
        fields = text.split(separator: "&").map { pair in
            let parts = Substring(pair).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return Field(
                name: Request.decoded(parts[0]), value: parts.count == 2 ? Request.decoded(parts[1]) : "")
        }
    }

    /// The first value of that name; nil where there is none or it is empty.
    subscript(name: String) -> String? {
        fields.first { $0.name == name && !$0.value.isEmpty }?.value
    }

    /// All values of that name.
    func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// Adds a field unless its value is nil.
    mutating func append(_ name: String, _ value: String?) {
        guard let value else { return }
        fields.append(Field(name: name, value: value))
    }

    /// The first name that came more than once.
    var repeated: String? {
        var seen: Set<String> = []
        return fields.first { !seen.insert($0.name).inserted }?.name
    }

    /// The fields as a query or form body.
    var encoded: String {
        fields.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }.joined(separator: "&")
    }

    /// Percent-encodes all but the unreserved characters of RFC 3986.
    static func encoded(_ text: String) -> String {
        var output = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                output.append(Character(UnicodeScalar(byte)))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                output += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return output
    }
}

extension Request {
    /// The fields of the query.
    var queryFields: FormFields { FormFields(uri.query ?? "") }

    /// The fields of a form in the body; none when the body is of another type.
    func formFields() async throws -> FormFields {
        guard headers[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true else {
            return FormFields([])
        }
        return FormFields(String(decoding: try await wholeBody(), as: UTF8.self))
    }
}
