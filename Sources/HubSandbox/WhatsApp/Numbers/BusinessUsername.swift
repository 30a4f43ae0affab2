/// The username of a business number: `/{phone_number_id}/username`.
struct BusinessUsername: Hashable, Sendable {
    enum Status: String, Hashable, Sendable, CaseIterable {
        /// Seen by customers.
        case approved
        /// Kept for the business until usernames are open in its region.
        case reserved
    }

    let text: String
    var status: Status

    /// Whether a text may be a username: 3 to 35 of `[a-z0-9._]`, at least one letter, no period at either end or twice
    /// in a row, not starting with `www`, not ending like a domain.
    static func isWellFormed(_ text: String) -> Bool {
        guard text.wholeMatch(of: /[a-z0-9._]{3,35}/) != nil, text.contains(where: \.isLetter),
            !text.hasPrefix("."), !text.hasSuffix("."), !text.contains(".."), !text.hasPrefix("www")
        else { return false }
        return !domainEndings.contains { text.hasSuffix($0) }
    }

    private static let domainEndings = [
        ".com", ".org", ".net", ".int", ".edu", ".gov", ".mil", ".us", ".in", ".html", ".io", ".ai",
    ]

    /// Usernames made of the business's verified name.
    static func suggestions(for name: String) -> [String] {
        let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        let joined = [words.joined(separator: "_"), words.joined(separator: "."), words.joined()]
        var suggestions: [String] = []
        for text in joined + joined.map({ $0 + "_official" }) {
            let text = String(text.prefix(35))
            if isWellFormed(text), !suggestions.contains(text) { suggestions.append(text) }
        }
        return suggestions
    }
}

extension WhatsAppCloud {
    /// Sets a number's username.
    /// - Parameter takes: whether it may be taken from another number of the portfolio (`force_transfer`).
    /// - Throws: 100 for a text that cannot be one, 147001 for one that others have, 147002 for an account that may have
    ///   none, 147005 for one of another number of the portfolio.
    func setUsername(
        _ text: String, of number: SandboxConfiguration.Number, takes: Bool
    ) throws(GraphError) -> BusinessUsername {
        guard state(of: number).isRegistered else { throw .catalogued(133010) }
        let text = text.lowercased()
        guard BusinessUsername.isWellFormed(text) else {
            throw .invalid("Param username is not of a permitted form: 3 to 35 of a-z, 0-9, '.' and '_'.")
        }
        if let refusal = app.usernameRefusals[text] { throw .catalogued(refusal) }
        let holder = configuration.numbers.first { other in
            other.phoneNumberID != number.phoneNumberID && state(of: other).username?.text == text
        }
        if let holder {
            guard takes else { throw .catalogued(147005) }
            try changeState(of: holder) { $0.username = nil }
        }
        let username = BusinessUsername(text: text, status: app.usernameStatus)
        try changeState(of: number) { $0.username = username }
        return username
    }
}
