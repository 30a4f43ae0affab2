import AdapterKit

/// A body that no provider should send, and that anybody with its secret, or a bug on its side, can.
struct HostileBody {
    let name: String
    let bytes: [UInt8]

    /// Stands for content that must not turn up in a problem.
    static let marker = "Zanzibar7342"

    private init(_ name: String, _ bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    private init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }

    /// None of these is what any provider means, so each has to be kept with a problem.
    static let all: [HostileBody] = [
        HostileBody("an empty body", ""),
        HostileBody("plain text", marker),
        HostileBody("a lone string", "\"\(marker)\""),
        HostileBody("a string in a string", "\"\\\"\(marker)\\\"\""),
        HostileBody("a number", "734.2e7"),
        HostileBody("null", "null"),
        HostileBody("a list", "[\"\(marker)\"]"),
        HostileBody("an empty object", "{}"),
        HostileBody("an unknown object", "{\"\(marker)\": {\"\(marker)\": [1, 2]}}"),
        HostileBody("half an object", "{\"name\": \"\(marker)"),
        HostileBody("text after the end", "{\"name\": 1} \(marker)"),
        HostileBody("a name twice", "{\"name\": \"\(marker)\", \"name\": 2}"),
        HostileBody("deep lists", String(repeating: "[", count: 100_000)),
        HostileBody("deep objects", String(repeating: "{\"a\":", count: 100_000)),
        HostileBody(
            "bytes that are no UTF-8", Array("{\"name\": \"\(marker)".utf8) + [0xFF, 0xC3, 0x28] + Array("\"}".utf8)),
        HostileBody("a lone surrogate", "{\"name\": \"\\ud800\(marker)\"}"),
        HostileBody("zero bytes", [UInt8](repeating: 0, count: 64)),
        HostileBody("a byte order mark", [0xEF, 0xBB, 0xBF] + Array("{}".utf8)),
    ]

    /// A body as large as the provider may send.
    static func large(_ count: Int) -> HostileBody {
        HostileBody(
            "a body of \(count) bytes", "{\"name\": \"" + String(repeating: "a", count: max(0, count - 12)) + "\"}")
    }

    /// Copies of a good body in which one value is something else each time, spread over all values when there are more
    /// than `limit`.
    static func variants(
        of body: [UInt8], limit: Int = 400,
        strangers: [JSON] = [.null, .string(""), .number("-1"), .array([]), .object([]), .array([.null, "x", 7])]
    ) -> [HostileBody] {
        guard let root = try? JSON.parse(body), !strangers.isEmpty else { return [] }
        let count = root.count
        let step = max(1, (count + limit - 1) / max(1, limit))
        return stride(from: 0, to: count, by: step).enumerated().map { number, index in
            var remaining = index
            let variant = root.replacing(&remaining, by: strangers[number % strangers.count])
            return HostileBody("a body with a stranger as value \(index)", variant.encoded)
        }
    }
}

extension JSON {
    /// How many values there are, this one among them.
    fileprivate var count: Int {
        switch self {
        case .array(let elements): elements.reduce(1) { $0 + $1.count }
        case .object(let members): members.reduce(1) { $0 + $1.value.count }
        default: 1
        }
    }

    /// This value with its descendant number `index` (in reading order, itself 0) replaced.
    fileprivate func replacing(_ index: inout Int, by stranger: JSON) -> JSON {
        index -= 1
        guard index >= 0 else { return index == -1 ? stranger : self }
        switch self {
        case .array(let elements): return .array(elements.map { $0.replacing(&index, by: stranger) })
        case .object(let members):
            return .object(members.map { Member($0.name, $0.value.replacing(&index, by: stranger)) })
        default: return self
        }
    }
}
