import HTTPTypes
import Hummingbird
import NIOCore

extension Request {
    /// Bodies longer than this are refused with 413.
    static let bodyLimit = 5 * 1024 * 1024

    /// The body as JSON.
    func json() async throws -> JSON {
        try Self.parse(try await wholeBody())
    }

    /// The body as JSON, or a form (`application/x-www-form-urlencoded`) as an object of strings; null for none.
    func jsonOrForm() async throws -> JSON {
        let bytes = try await wholeBody()
        if bytes.isEmpty { return .null }
        if headers[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true,
            bytes.first != UInt8(ascii: "{")
        {
            return Self.form(String(decoding: bytes, as: UTF8.self))
        }
        return try Self.parse(bytes)
    }

    /// The body's bytes, up to `bodyLimit`.
    func wholeBody() async throws -> [UInt8] {
        do {
            return Array(try await body.collect(upTo: Self.bodyLimit).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw ControlError("the body is longer than 5 MB", http: 413)
        }
    }

    private static func parse(_ bytes: [UInt8]) throws(ControlError) -> JSON {
        do {
            return try JSON.parse(bytes)
        } catch {
            throw ControlError("the body is \(error)")
        }
    }

    /// A form whose values may themselves be JSON, as the Graph API takes objects in forms.
    static func form(_ text: String) -> JSON {
        let members = text.split(separator: "&").map { pair -> JSON.Member in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count == 2 ? decoded(parts[1]) : ""
            let json = value.hasPrefix("{") || value.hasPrefix("[") ? try? JSON.parse(Array(value.utf8)) : nil
            return JSON.Member(name: decoded(parts[0]), value: json ?? JSON(value))
        }
        return .object(members)
    }

    /// A name or value of a form, with `+` and `%XX` read; what is no such escape stays as it is.
    static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(0x20)
            case UInt8(ascii: "%"):
                guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { fallthrough }
                bytes.append(value)
                rest = rest.dropFirst(2)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
