import AdapterTesting

/// A way in which a toy breaks one rule.
enum Fault: String, CaseIterable {
    case refusesSettings, refusesApp, refusesGenuine, takesUnsigned, takesDoubled, signsNothing, readsClock, dropsLast
    case forgetsSender, forgetsAccount, replaysAll, provesReplays, refusesUnreadable, dropsUnreadable, quotesProblem,
        answersAnyToken
    case repeatsAnything, sendsForApp, sendsAnything, tokenInURL, otherHost, givesUp, retriesUnanswered, acceptsRefused
    case forgetsPlus, namesLostMedia, forgetsPicture, leavesTime
    case sendsNoImage, refusesGoodText, pointsNowhere, quotesMessage, changesItsMind, speaksFreely
    case dropsAByte, overfillsSink, passesRefusalOn, trustsAddresses, trustsRedirects
    case sendsNoBytes, namesFileInHeader, namesFileInURL
    case endlessPages, namelessTemplates, losesTemplate, takesAnyTemplate, refusesFittingTemplate
    case failsMarks, marksAnyway, marksForApp, namesPersonInURL, probesNoRate, probesTwice, probesToken
    case putsPINInURL, givesPINBack, givesUpCalls, quotesFailure, hurries, forgetsToWait
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
        case .forgetsPlus: .identities
        case .namesLostMedia, .forgetsPicture: .mediaReferences
        case .leavesTime: .times
        case .sendsNoImage: .everyType
        case .refusesGoodText, .pointsNowhere, .quotesMessage, .changesItsMind, .speaksFreely: .contentRules
        case .dropsAByte, .overfillsSink, .passesRefusalOn: .mediaBytes
        case .trustsAddresses, .trustsRedirects: .credentialHosts
        case .sendsNoBytes, .namesFileInHeader: .uploadBody
        case .endlessPages, .namelessTemplates, .losesTemplate: .templatePages
        case .takesAnyTemplate, .refusesFittingTemplate: .templateRules
        case .failsMarks, .probesNoRate, .probesTwice: .accountCalls
        case .marksAnyway, .marksForApp, .givesUpCalls, .hurries, .forgetsToWait: .failureKinds
        case .namesFileInURL, .namesPersonInURL, .probesToken, .putsPINInURL, .givesPINBack, .quotesFailure:
            .confidentiality
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
