import AdapterTesting

/// A way in which the toy provider client breaks one rule.
enum IdentityFault: String, CaseIterable {
    case refusesSettings, refusesApp, readsClock, plainAddress, otherHost, userInAddress, putsState, secretInProvider
    case dropsPKCE, asksByComma, hasNoIDToken, takesOtherIssuer, takesAnyShop, forgetsLength
    case otherIdentity, callsTwice, takesOtherUser, refusesOtherwise, ignoresFailure, saysCancelled
    case quotesAnswer, logsName, tokenInURL, callsElsewhere, callsPlainly, rawName, rawEmail
    case emptySecret, givesSetting, sameSecret, provesAnything, refusesCallback
    case revokesSilently, revokesAnyway, quotesRevocation
    case refusesEvents, takesAnyTopic, otherEvents, takesUnsigned, takesDoubled, forAnybody, otherKeys, eventWithoutID
    case eventOfLongSubject, logsToken

    /// The rule that the kit has to name for it.
    var rule: ConformanceRule {
        switch self {
        case .refusesSettings, .refusesApp: .creation
        case .readsClock: .providerPure
        case .plainAddress, .otherHost, .userInAddress, .otherKeys: .providerAddresses
        case .putsState: .reservedParameters
        case .dropsPKCE, .asksByComma, .hasNoIDToken, .takesOtherIssuer: .providerExceptions
        case .takesAnyShop, .forgetsLength: .startParameters
        case .otherIdentity, .callsTwice: .signIn
        case .takesOtherUser, .refusesOtherwise: .signInRefused
        case .ignoresFailure, .saysCancelled: .identityFailures
        case .secretInProvider, .quotesAnswer, .logsName, .tokenInURL, .quotesRevocation, .logsToken: .confidentiality
        case .callsElsewhere: .knownHosts
        case .callsPlainly: .credentialHosts
        case .rawName, .rawEmail: .identityClean
        case .emptySecret, .givesSetting, .sameSecret: .clientSecret
        case .provesAnything, .refusesCallback: .callbackProof
        case .revokesSilently, .revokesAnyway: .revocation
        case .refusesEvents, .takesAnyTopic, .otherEvents, .forAnybody: .eventTaken
        case .takesUnsigned, .takesDoubled: .eventForged
        case .eventWithoutID, .eventOfLongSubject: .eventHostile
        }
    }
}
