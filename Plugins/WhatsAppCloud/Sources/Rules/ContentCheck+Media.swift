import AdapterKit

extension ContentCheck {
    /// Type and size of uploaded media are checked by the host, from the manifest's rules.
    mutating func check(_ media: MessageContent.Media, _ pointer: String, isHeader: Bool = false) {
        if (media.id == nil) == (media.link == nil) {
            report(pointer, "id_or_link", "must have either id, of media that was uploaded, or link")
        }
        if let address = media.link { link(address, "\(pointer)/link") }
        if let caption = media.caption, !caption.isEmpty {
            if isHeader || media.kind == .audio || media.kind == .sticker {
                report("\(pointer)/caption", "not_allowed", "is not shown here")
            } else {
                length(caption, 1...SendLimits.caption, "\(pointer)/caption")
            }
        }
        if media.kind == .document { length(media.filename, 0...SendLimits.filename, "\(pointer)/filename") }
        if media.isVoice, media.kind != .audio {
            report("\(pointer)/voice", "not_allowed", "is for audio only")
        }
    }

    mutating func check(_ cards: [ContactCard]) {
        count(cards.count, 1...SendLimits.contacts, "/contacts", of: "contacts")
        for (index, card) in cards.enumerated() { check(card, "/contacts/\(index)") }
    }

    private mutating func check(_ card: ContactCard, _ pointer: String) {
        if let name = card.name {
            length(name.formatted, 1...1000, "\(pointer)/name/formatted_name")
            if [name.first, name.last, name.middle, name.prefix, name.suffix].allSatisfy({ $0?.isEmpty ?? true }) {
                report(
                    "\(pointer)/name", "missing",
                    "must have first_name, last_name, middle_name, prefix or suffix beside formatted_name")
            }
        } else {
            report("\(pointer)/name", "missing", "is required")
        }
        for (index, phone) in card.phones.enumerated() where (phone.phone ?? phone.channelID ?? "").isEmpty {
            report("\(pointer)/phones/\(index)/phone", "missing", "is required")
        }
        if let birthday = card.birthday, !birthday.isEmpty, !Self.isDate(birthday) {
            report("\(pointer)/birthday", "wrong_value", "must be a date such as 1990-12-31")
        }
    }

    /// `YYYY-MM-DD`.
    private static func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let month = Int(parts[1]), let day = Int(parts[2])
        else { return false }
        return (1...12).contains(month) && (1...31).contains(day)
    }
}
