import AdapterTesting

/// A way in which a toy breaks one rule.
enum Fault: String, CaseIterable {
    case refusesSettings, refusesApp, refusesGenuine, takesUnsigned, takesDoubled, signsNothing, readsClock, dropsLast
    case forgetsSender, forgetsAccount, replaysAll, provesReplays, refusesUnreadable, dropsUnreadable, quotesProblem,
        answersAnyToken
    case repeatsAnything, sendsForApp, sendsAnything, tokenInURL, otherHost, givesUp, retriesUnanswered, acceptsRefused
    case acceptsWithoutID, otherID, retriesServerErrors, retriesRefusals, quotesProvider, logsText, logsAnswer

    /// The rule that the kit has to name for it.
    var rule: ConformanceRule {
        switch self {
        case .refusesSettings, .refusesApp: .creation
        case .refusesGenuine: .genuineTaken
        case .takesUnsigned, .takesDoubled: .unsignedRefused
        case .signsNothing: .forgedRefused
        case .readsClock: .receiveStable
        case .dropsLast: .everyItem
        case .forgetsSender, .forgetsAccount: .attribution
        case .replaysAll, .provesReplays: .replay
        case .refusesUnreadable, .dropsUnreadable, .quotesProblem: .hostileKept
        case .answersAnyToken, .repeatsAnything: .handshake
        case .sendsForApp, .sendsAnything, .givesUp, .acceptsRefused, .otherID, .retriesRefusals: .outcome
        case .tokenInURL, .quotesProvider, .logsText, .logsAnswer: .confidentiality
        case .otherHost: .knownHosts
        case .retriesUnanswered, .acceptsWithoutID, .retriesServerErrors: .neverTwice
        }
    }

    /// Who refuses every readable webhook also refuses the strange ones.
    var rules: Set<ConformanceRule> { self == .refusesGenuine ? [rule, .hostileKept] : [rule] }
}
