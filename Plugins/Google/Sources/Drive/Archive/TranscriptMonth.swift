import AdapterKit

/// The messages of one month of a conversation, as they are filed.
struct TranscriptMonth: Sendable {
    /// Such as `2026-11`, in UTC.
    let name: String
    var lines: [TranscriptLine]

    /// Puts lines into months. Lines stay in their order: one that comes late stands in the month in which it came, so that
    /// a month that is over stays as it is.
    /// - Parameter first: The month of the first line at the earliest.
    static func months(_ lines: [TranscriptLine], notBefore first: String) -> [TranscriptMonth] {
        var months: [TranscriptMonth] = []
        for line in lines {
            let name = max(String(line.at.description.prefix(7)), months.last?.name ?? first)
            if months.last?.name == name {
                months[months.count - 1].lines.append(line)
            } else {
                months.append(TranscriptMonth(name: name, lines: [line]))
            }
        }
        return months
    }

    func text(of conversation: String) -> [UInt8] {
        var text = "Conversation \(conversation), \(name). Times are UTC.\n\n"
        for line in lines {
            let time = line.at.description
            let author = IdentityClaims.displayText(line.author) ?? (line.isOutbound ? "Business" : "Contact")
            text += "\(time.prefix(10)) \(time.dropFirst(11).prefix(8))  \(line.isOutbound ? "<" : ">") \(author): "
            text += Self.indented(line.text.isEmpty && line.media.isEmpty ? "(\(line.type))" : line.text)
            for media in line.media { text += "\(line.text.isEmpty ? "" : " ")[\(line.type): \(media)]" }
            text += "\n"
        }
        return Array(text.utf8)
    }

    /// Further lines of a message stand further in, so that none can pass for a message.
    private static func indented(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: "\n    ")
    }
}
