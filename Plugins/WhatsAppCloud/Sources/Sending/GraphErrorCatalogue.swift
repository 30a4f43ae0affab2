/// What the error codes of Cloud API mean for a send.
///
/// From Meta's pages on error codes, throughput and business-scoped user ids. Meta no longer says which HTTP status goes
/// with a code and asks to build on the code alone.
enum GraphErrorCatalogue {
    enum Meaning: CaseIterable {
        /// This message will never be taken.
        case rejected
        /// No message will be taken until the owner of the channel changes something. A code that stops only some
        /// messages (one recipient, one template, calls) is ``rejected`` instead, so that the others go on.
        case misconfigured
        /// Known to come before a message is taken.
        case unavailable
        /// Meta does not know what happened either.
        case uncertain
        case channelThrottled
        case recipientThrottled
    }

    struct Entry {
        let meaning: Meaning
        /// In our words, for people; never the provider's, which may name the recipient.
        let title: String

        init(_ meaning: Meaning, _ title: String) {
            self.meaning = meaning
            self.title = title
        }
    }

    static func entry(for code: Int) -> Entry? {
        if let entry = codes[code] { return entry }
        return ranges.first { $0.codes.contains(code) }?.entry
    }

    static let ranges: [(codes: ClosedRange<Int>, entry: Entry)] = [
        (200...299, Entry(.misconfigured, "A permission is missing")),
        (131_201...131_215, Entry(.rejected, "The group does not allow it")),
        (138_000...138_018, Entry(.rejected, "Calling does not allow it")),
        (139_000...139_004, Entry(.rejected, "The flow does not allow it")),
        (139_100...139_103, Entry(.rejected, "The block list does not allow it")),
        (147_001...147_005, Entry(.rejected, "The username does not allow it")),
        (200_005...200_007, Entry(.rejected, "Template insights do not allow it")),
        (2_593_107...2_593_109, Entry(.rejected, "History is not shared")),
    ]

    static let codes: [Int: Entry] = [
        0: Entry(.misconfigured, "The access token is not valid"),
        1: Entry(.uncertain, "Invalid request or server error"),
        2: Entry(.unavailable, "The service is down for the moment"),
        3: Entry(.misconfigured, "The app lacks the capability"),
        4: Entry(.channelThrottled, "The app's call limit is reached"),
        10: Entry(.misconfigured, "The permission was not granted or was removed"),
        33: Entry(.misconfigured, "The business phone number does not exist"),
        100: Entry(.rejected, "A parameter is invalid"),
        104: Entry(.misconfigured, "The call needs a token or an app secret proof"),
        190: Entry(.misconfigured, "The access token has expired or is not valid"),
        368: Entry(.misconfigured, "The account is restricted for a policy violation"),
        613: Entry(.channelThrottled, "The call limit is reached"),
        80_007: Entry(.channelThrottled, "The business account's call limit is reached"),
        130_403: Entry(.rejected, "The business has blocked this person"),
        130_429: Entry(.channelThrottled, "The number's throughput is reached"),
        130_472: Entry(.rejected, "The person is part of an experiment of Meta"),
        130_497: Entry(.rejected, "The business may not write to this country"),
        131_000: Entry(.uncertain, "Something went wrong at Meta"),
        131_005: Entry(.misconfigured, "The permission was not granted or was removed"),
        131_008: Entry(.rejected, "A parameter is missing"),
        131_009: Entry(.rejected, "The value of a parameter is not valid"),
        131_016: Entry(.unavailable, "The service is not available for the moment"),
        131_020: Entry(.rejected, "The group has a single member"),
        131_021: Entry(.rejected, "Recipient and sender are the same"),
        131_026: Entry(.rejected, "The message cannot be delivered to this person"),
        131_030: Entry(.rejected, "The recipient is not on the test number's list"),
        131_031: Entry(.misconfigured, "The account is locked"),
        131_037: Entry(.misconfigured, "The number's display name is not approved"),
        131_041: Entry(.rejected, "The group is unknown"),
        131_042: Entry(.misconfigured, "There is a problem with the payment method"),
        131_044: Entry(.rejected, "There is a billing problem with calling"),
        131_045: Entry(.misconfigured, "The number is not registered correctly"),
        131_047: Entry(.rejected, "More than 24 hours since the person last wrote: use a template"),
        131_048: Entry(.misconfigured, "The number is restricted for spam"),
        131_049: Entry(.rejected, "Not delivered, to keep the person from too much marketing"),
        131_050: Entry(.rejected, "The person stopped marketing messages of this business"),
        131_051: Entry(.rejected, "The message type is not supported"),
        131_052: Entry(.rejected, "The media that the person sent cannot be downloaded"),
        131_053: Entry(.rejected, "The media cannot be uploaded or fetched"),
        131_055: Entry(.rejected, "The method is not allowed"),
        131_056: Entry(.recipientThrottled, "Too many messages to this person in a short time"),
        131_057: Entry(.unavailable, "The account is in maintenance"),
        131_059: Entry(.rejected, "The group cursor is not valid"),
        131_060: Entry(.rejected, "The message is not available for the moment"),
        131_062: Entry(.rejected, "This message needs a phone number as recipient"),
        131_063: Entry(.rejected, "Marketing templates are turned off for this account"),
        131_064: Entry(.misconfigured, "The limit is reached because templates were misclassified"),
        131_208: Entry(.channelThrottled, "The call limit for groups is reached"),
        132_000: Entry(.rejected, "The number of template variables does not match"),
        132_001: Entry(.rejected, "The template does not exist in this language or is not approved"),
        132_005: Entry(.rejected, "The template's text is too long"),
        132_007: Entry(.rejected, "The template's content violates a policy"),
        132_008: Entry(.rejected, "The value of a template parameter is not valid"),
        132_012: Entry(.rejected, "The form of a template parameter does not match"),
        132_015: Entry(.rejected, "The template is paused"),
        132_016: Entry(.rejected, "The template is disabled"),
        132_018: Entry(.rejected, "The template's parameters are not valid"),
        132_068: Entry(.rejected, "The flow is blocked"),
        132_069: Entry(.unavailable, "The flow is throttled"),
        133_000: Entry(.unavailable, "The number's deregistration has not finished"),
        133_004: Entry(.unavailable, "The server is not available for the moment"),
        133_005: Entry(.misconfigured, "The two-step verification PIN is wrong"),
        133_006: Entry(.misconfigured, "The number must be verified first"),
        133_008: Entry(.channelThrottled, "Too many guesses of the two-step verification PIN"),
        133_009: Entry(.channelThrottled, "The two-step verification PIN was entered too fast"),
        133_010: Entry(.misconfigured, "The number is not registered"),
        133_015: Entry(.unavailable, "The number was deleted a moment ago"),
        133_016: Entry(.channelThrottled, "Too many registrations of the number"),
        134_011: Entry(.rejected, "The terms for payments are not accepted"),
        134_100: Entry(.rejected, "Only marketing templates are allowed here"),
        134_101: Entry(.unavailable, "The template is not ready yet"),
        134_102: Entry(.rejected, "The template is not available here"),
        135_000: Entry(.rejected, "A parameter of the message is not valid"),
        137_000: Entry(.rejected, "The person's identity has changed and must be verified again"),
        1_752_041: Entry(.rejected, "The number is being set up already"),
        2_388_012: Entry(.rejected, "The number's migration does not allow it"),
        2_388_019: Entry(.rejected, "The account has too many templates"),
        2_388_039: Entry(.rejected, "The template's status does not allow it"),
        2_388_040: Entry(.rejected, "A field of the template is too long"),
        2_388_047: Entry(.rejected, "The template's header is not valid"),
        2_388_072: Entry(.rejected, "The template's body is not valid"),
        2_388_073: Entry(.rejected, "The template's footer is not valid"),
        2_388_091: Entry(.rejected, "The number's migration does not allow it"),
        2_388_093: Entry(.rejected, "The number's migration does not allow it"),
        2_388_103: Entry(.rejected, "The number's migration does not allow it"),
        2_388_293: Entry(.rejected, "The template has too many variables for its length"),
        2_388_299: Entry(.rejected, "The template begins or ends with a variable"),
        2_494_100: Entry(.unavailable, "The number is in maintenance"),
    ]
}
