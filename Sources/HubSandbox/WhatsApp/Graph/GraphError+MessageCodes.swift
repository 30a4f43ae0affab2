extension GraphError {
    /// Codes of sends and of what becomes of messages.
    static let messageCodes: [Int: Known] = [
        130403: (400, "User is blocked by the business", "The business has blocked this user."),
        130429: (400, "Rate limit hit", "Cloud API message throughput has been reached."),
        130472: (400, "User's number is part of an experiment", "Message was not sent as part of an experiment."),
        130497: (403, "Business account is restricted from messaging users in this country", "Country restriction."),
        131000: (500, "Something went wrong", "Message failed to send due to an unknown error."),
        131005: (403, "Access denied", "Permission is either not granted or removed."),
        131008: (400, "Required parameter is missing", "The request is missing a required parameter."),
        131009: (400, "Parameter value is not valid", "One or more parameter values are invalid."),
        131016: (500, "Service unavailable", "A service is temporarily unavailable."),
        131020: (400, "Group has a single member", nil),
        131021: (400, "Recipient cannot be sender", "Sender and recipient phone number is the same."),
        131026: (400, "Message undeliverable", "Message Undeliverable."),
        131030: (400, "Recipient phone number not in allowed list", "Add the recipient to the test number's list."),
        131031: (403, "Business Account locked", "The account is restricted or disabled for a policy violation."),
        131037: (400, "Display name approval needed", "The number needs an approved display name."),
        131041: (400, "Group does not exist", "The group is unknown to this number."),
        131042: (400, "Business eligibility payment issue", "There was an error related to your payment method."),
        131044: (400, "Business eligibility payment issue", "There was a billing error for calls."),
        131045: (500, "Incorrect certificate", "Message failed to send due to a phone number registration error."),
        131047: (
            400, "Re-engagement message",
            "Message failed to send because more than 24 hours have passed since the customer last replied to this number."
        ),
        131048: (400, "Spam rate limit hit", "Message failed to send because there are restrictions on this number."),
        131049: (
            400, "This message was not delivered to maintain healthy ecosystem engagement.",
            "In order to maintain a healthy ecosystem engagement, the message failed to be delivered."
        ),
        131050: (400, "User stopped marketing messages", "The recipient chose to stop marketing messages from you."),
        131051: (400, "Unsupported message type", "Message type is not currently supported."),
        131052: (400, "Media download error", "Unable to download the media sent by the user."),
        131053: (400, "Media upload error", "Unable to upload the media used in the message."),
        131055: (400, "Method not allowed", "Only marketing messages go this way."),
        131056: (
            400, "(Business Account, Consumer Account) pair rate limit hit",
            "Message failed to send because there were too many messages to the same phone number."
        ),
        131057: (500, "Account in maintenance mode", "Business Account is in maintenance mode."),
        131059: (400, "Invalid group cursor", nil),
        131060: (400, "This message is currently unavailable", "The message could not be shown here."),
        131062: (
            400, "Business-scoped user ID recipients are not supported for this message",
            "Send one-tap, zero-tap and copy-code authentication templates to a phone number."
        ),
        131063: (400, "Marketing templates are disabled on Cloud API for this account", nil),
        131064: (400, "Messaging limited because of template misclassification", nil),
        131201: (400, "Group action succeeded in part", nil), 131202: (400, "Duplicate participant", nil),
        131203: (400, "Too many participants", nil), 131204: (400, "Group is suspended", nil),
        131205: (400, "Group picture invalid", nil), 131207: (400, "Group suspended", nil),
        131208: (400, "Group rate limit hit", nil), 131209: (400, "Group creation limit reached", nil),
        131210: (400, "User is not in the group", nil), 131211: (400, "Join request unknown", nil),
        131213: (400, "Groups are disabled", nil), 131215: (400, "Groups are not available to this business", nil),
        134100: (400, "Only marketing messages supported", nil),
        134101: (400, "Template is syncing", "Try again in ten minutes."),
        134102: (500, "Template unavailable for use", nil),
        135000: (400, "Generic user error", "Message failed to send because of a parameter."),
        137000: (
            400, "Recipient identity key hash mismatch",
            "The customer's identity has changed since the hash was given; verify it again."
        ),
    ]

    /// Codes of templates, flows and payments.
    static let templateCodes: [Int: Known] = [
        132000: (400, "Number of parameters does not match the expected number of params", nil),
        132001: (404, "Template name does not exist in the translation", nil),
        132005: (400, "Translated text too long", "Template hydrated text is too long."),
        132007: (400, "Template format character policy violated", "Template content violates a WhatsApp policy."),
        132008: (400, "Parameter value is not valid", nil),
        132012: (400, "Template parameter format mismatch", "Variable parameter values formatted incorrectly."),
        132015: (400, "Template is paused", "Template is paused due to low quality."),
        132016: (400, "Template is disabled", "Template has been paused too many times and is disabled."),
        132018: (400, "Template validation error", nil),
        132068: (400, "Flow is blocked", "Flow is in blocked state."),
        132069: (400, "Flow is throttled", "Flow is in throttled state: 10 messages of it went out in the last hour."),
        134011: (403, "Payments terms of service not accepted", nil),
        139000: (400, "Blocked by integrity", nil), 139001: (400, "Flow can't be updated", nil),
        139002: (400, "Flow can't be published", nil), 139003: (400, "Flow can't be deprecated", nil),
        139004: (400, "Flow can't be deleted", nil),
        2388019: (400, "Message template limit exceeded", nil), 2388039: (400, "Template can't be edited", nil),
        2388040: (400, "Character limit exceeded", nil), 2388047: (400, "Message header format is incorrect", nil),
        2388072: (400, "Message body format is incorrect", nil),
        2388073: (400, "Message footer format is incorrect", nil),
        2388293: (400, "Parameters words ratio exceeds limit", nil),
        2388299: (400, "Leading or trailing parameters not allowed", nil),
    ]
}
