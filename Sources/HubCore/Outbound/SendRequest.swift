public import AdapterKit
public import HubStore

/// One thing that is wrong with a request.
public struct RequestProblem: Sendable, Equatable {
    /// Where, as a JSON Pointer (RFC 6901).
    public var pointer: String
    /// Stable, for programs.
    public var code: String
    /// For people: what is wrong and what would be right. Never the value.
    public var detail: String

    public init(pointer: String, code: String, detail: String) {
        self.pointer = pointer
        self.code = code
        self.detail = detail
    }
}

/// Everything that is wrong with a request.
public struct RequestProblems: Error, Sendable, Equatable {
    public var problems: [RequestProblem]
}

/// `POST /api/v1/messages`: `{channel, to, type, <type>: {...}}`.
public enum SendRequest {
    public static let maximumTextCharacters = 4096
    public static let maximumComponents = 32

    /// Checks a request.
    /// - Throws: All that is wrong with it at once.
    public static func read(
        _ body: JSON, idempotencyKey: String, raw: [UInt8], tenant: Tenant
    ) throws(RequestProblems) -> NewMessage {
        guard case .object = body else {
            throw RequestProblems(problems: [.init(pointer: "", code: "wrong_type", detail: "must be an object")])
        }
        var reader = RequestReader(body)
        let channel = reader.text("channel", 1...40)
        if let channel, tenant.channel(channel) == nil {
            reader.report("/channel", "unknown_channel", "is no channel of this tenant")
        }
        let recipient = reader.text("to", 1...200).flatMap { reader.recipient($0) }
        let content = reader.content()
        reader.refuseOthers()
        guard reader.problems.isEmpty, let channel, let recipient, let content else {
            throw RequestProblems(problems: reader.problems)
        }
        return NewMessage(
            channel: channel, recipient: recipient, content: content, idempotencyKey: idempotencyKey, request: raw)
    }
}

private struct RequestReader {
    let body: JSON
    var problems: [RequestProblem] = []
    private var known: Set<String> = []

    init(_ body: JSON) { self.body = body }

    mutating func report(_ pointer: String, _ code: String, _ detail: String) {
        problems.append(RequestProblem(pointer: pointer, code: code, detail: detail))
    }

    mutating func text(_ name: String, _ length: ClosedRange<Int>, in object: JSON? = nil, at parent: String = "")
        -> String?
    {
        if object == nil { known.insert(name) }
        let pointer = "\(parent)/\(name)"
        guard let value = (object ?? body)[name] else {
            report(pointer, "missing", "is required")
            return nil
        }
        guard let text = value.string else {
            report(pointer, "wrong_type", "must be a string")
            return nil
        }
        guard length.contains(text.unicodeScalars.count) else {
            report(pointer, "wrong_length", "must have \(length.lowerBound) to \(length.upperBound) characters")
            return nil
        }
        return text
    }

    mutating func recipient(_ text: String) -> NewMessage.Recipient? {
        if text.hasPrefix("ctc_") { return .contact(text) }
        let digits = text.utf8.dropFirst()
        let isE164 =
            text.hasPrefix("+") && (7...15).contains(digits.count) && digits.first != UInt8(ascii: "0")
            && digits.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        guard isE164 else {
            report("/to", "not_e164", "must be a phone number as +E164, such as +16505551234, or a contact's id")
            return nil
        }
        return .phone(text)
    }

    mutating func content() -> MessageContent? {
        guard let type = text("type", 1...40) else { return nil }
        known.insert(type)
        switch type {
        case "text", "template":
            guard let object = body[type] else {
                report("/\(type)", "missing", "is required, as type is \(type)")
                return nil
            }
            guard case .object = object else {
                report("/\(type)", "wrong_type", "must be an object")
                return nil
            }
            return type == "text" ? textContent(object) : templateContent(object)
        default:
            report("/type", "unknown_type", "must be text or template")
            return nil
        }
    }

    private mutating func textContent(_ object: JSON) -> MessageContent? {
        let body = text("body", 1...SendRequest.maximumTextCharacters, in: object, at: "/text")
        var preview = false
        if let value = object["preview_url"] {
            if let bool = value.bool {
                preview = bool
            } else {
                report("/text/preview_url", "wrong_type", "must be true or false")
            }
        }
        refuseOthers(in: object, at: "/text", known: ["body", "preview_url"])
        return body.map { .text(.init(body: $0, previewURL: preview)) }
    }

    private mutating func templateContent(_ object: JSON) -> MessageContent? {
        let name = text("name", 1...512, in: object, at: "/template")
        let language = text("language", 2...15, in: object, at: "/template")
        var components: [JSON] = []
        if let value = object["components"] {
            if case .array(let elements) = value, elements.count <= SendRequest.maximumComponents {
                components = elements
            } else {
                report(
                    "/template/components", "wrong_type",
                    "must be a list of at most \(SendRequest.maximumComponents) objects")
            }
        }
        for (index, component) in components.enumerated() {
            guard case .object = component else {
                report("/template/components/\(index)", "wrong_type", "must be an object")
                continue
            }
        }
        refuseOthers(in: object, at: "/template", known: ["name", "language", "components"])
        guard let name, let language else { return nil }
        return .template(.init(name: name, language: language, components: components))
    }

    mutating func refuseOthers() {
        refuseOthers(in: body, at: "", known: known.union(["channel", "to", "type"]))
    }

    private mutating func refuseOthers(in object: JSON, at parent: String, known: Set<String>) {
        for member in object.members where !known.contains(member.name) {
            let name = member.name.prefix(60).replacing("~", with: "~0").replacing("/", with: "~1")
            report("\(parent)/\(name)", "unknown_member", "is not known here")
        }
    }
}
