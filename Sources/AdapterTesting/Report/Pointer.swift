import AdapterKit

/// A JSON Pointer (RFC 6901) that ought to point into a message.
enum Pointer {
    /// Whether it starts at the type's member and all but its last step exist: the last one may be what is missing.
    static func leads(_ pointer: String, into content: MessageContent) -> Bool {
        let parts = pointer.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 2, parts[0].isEmpty, String(parts[1]) == content.type, isEscaped(pointer) else {
            return false
        }
        var value: JSON? = content.json
        for part in parts.dropFirst(2).dropLast() { value = step(String(part), in: value) }
        return parts.count == 2 || isContainer(value)
    }

    private static func step(_ part: String, in value: JSON?) -> JSON? {
        let name = part.replacing("~1", with: "/").replacing("~0", with: "~")
        switch value {
        case .object: return value?[name]
        case .array(let elements):
            guard let index = Int(name), elements.indices.contains(index) else { return nil }
            return elements[index]
        default: return nil
        }
    }

    private static func isContainer(_ value: JSON?) -> Bool {
        switch value {
        case .object, .array: true
        default: false
        }
    }

    /// A tilde is the start of `~0` or `~1`.
    private static func isEscaped(_ pointer: String) -> Bool {
        let parts = pointer.split(separator: "~", omittingEmptySubsequences: false)
        return parts.dropFirst().allSatisfy { $0.hasPrefix("0") || $0.hasPrefix("1") }
    }
}
