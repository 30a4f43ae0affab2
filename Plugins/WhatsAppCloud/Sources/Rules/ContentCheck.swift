import AdapterKit

/// Finds everything in a message that Meta would refuse it for, as far as that can be told beforehand.
///
/// What Meta's pages leave open is let through: a refusal of Meta's costs one message, one of ours a message that would
/// have arrived.
struct ContentCheck {
    private(set) var problems: [RequestProblem] = []

    static func problems(of content: MessageContent) -> [RequestProblem] {
        var check = ContentCheck()
        check.check(content)
        return check.problems
    }

    private mutating func check(_ content: MessageContent) {
        switch content {
        case .text(let text): length(text.body, 1...SendLimits.textBody, "/text/body")
        case .media(let media): check(media, "/\(media.kind.rawValue)")
        // Ranges are the model's own.
        case .location: break
        case .contacts(let cards): check(cards)
        case .reaction(let reaction):
            if let emoji = reaction.emoji, !Self.isEmoji(emoji) {
                report("/reaction/emoji", "wrong_value", "must be one emoji, or empty to take the reaction back")
            }
        case .template(let template): check(template)
        case .interactive(let interactive): check(interactive)
        case .interactiveReply, .button, .order, .system, .call, .edit, .revoke, .requestWelcome, .unsupported:
            report("/type", "unsupported_type", "is not a type that can be sent")
        }
    }

    mutating func report(_ pointer: String, _ code: String, _ detail: String) {
        problems.append(RequestProblem(pointer: pointer, code: code, detail: detail))
    }

    mutating func length(_ text: String?, _ range: ClosedRange<Int>, _ pointer: String) {
        guard let text, !range.contains(text.unicodeScalars.count) else { return }
        report(pointer, "wrong_length", "must have \(range.lowerBound) to \(range.upperBound) characters")
    }

    mutating func count(_ count: Int, _ range: ClosedRange<Int>, _ pointer: String, of things: String) {
        guard !range.contains(count) else { return }
        report(pointer, "wrong_count", "must have \(range.lowerBound) to \(range.upperBound) \(things)")
    }

    /// Notes each value that occurred before; the empty ones are noted for their length.
    mutating func unique(_ values: [(pointer: String, value: String)], _ detail: String) {
        var seen: Set<String> = []
        for (pointer, value) in values where !value.isEmpty && !seen.insert(value).inserted {
            report(pointer, "duplicate", detail)
        }
    }

    /// Meta's servers or the person's browser open it.
    mutating func link(_ text: String, _ pointer: String) {
        if WebAddress(text)?.scheme != .https {
            report(pointer, "wrong_value", "must be a whole address that begins with https://")
        }
    }

    /// Reads a provider's own object. Members that we do not know may be newer than we are.
    @discardableResult
    mutating func read<Value>(_ json: JSON, at pointer: String, _ read: (ObjectReader) -> Value) -> Value {
        let (value, found) = ObjectReader.read(json, at: pointer, read)
        problems += found.filter { $0.code != "unknown_member" }
        return value
    }

    /// One character that is drawn as a picture: `5` is an emoji to Unicode, but only with a keycap to people.
    static func isEmoji(_ text: String) -> Bool {
        guard text.count == 1, let first = text.unicodeScalars.first, first.properties.isEmoji else { return false }
        return first.value > 0xFF || text.unicodeScalars.count > 1
    }
}
