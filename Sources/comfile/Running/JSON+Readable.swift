import AdapterKit

extension JSON {
    /// The value over several lines, members in their order.
    var readable: String {
        var text = ""
        write(to: &text, indentation: 0)
        return text
    }

    private func write(to text: inout String, indentation: Int) {
        switch self {
        case .array(let elements) where !elements.isEmpty:
            Self.write(elements, to: &text, indentation, "[", "]") { $0.write(to: &$1, indentation: indentation + 2) }
        case .object(let members) where !members.isEmpty:
            Self.write(members, to: &text, indentation, "{", "}") { member, text in
                text += "\(JSON.string(member.name).text): "
                member.value.write(to: &text, indentation: indentation + 2)
            }
        default: text += self.text
        }
    }

    private static func write<Element>(
        _ elements: [Element], to text: inout String, _ indentation: Int, _ opening: String, _ closing: String,
        _ write: (Element, inout String) -> Void
    ) {
        text += opening
        for (index, element) in elements.enumerated() {
            text += "\(index > 0 ? "," : "")\n\(String(repeating: " ", count: indentation + 2))"
            write(element, &text)
        }
        text += "\n\(String(repeating: " ", count: indentation))\(closing)"
    }
}
