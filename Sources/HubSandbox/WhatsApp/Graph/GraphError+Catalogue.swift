extension GraphError {
    /// The error of a code with Meta's wording, for errors that are asked for by number.
    static func catalogued(_ code: Int) -> GraphError {
        guard let entry = catalogue[code] else {
            return GraphError(http: 400, code: code, title: "Error \(code)", details: "Asked for by a sandbox fault.")
        }
        return GraphError(
            http: entry.http, code: code, title: entry.title, details: entry.details,
            isTransient: [1, 2, 131000, 131016, 131057, 133004].contains(code))
    }

    /// HTTP statuses are those of Meta's older documentation.
    private static let catalogue: [Int: (http: Int, title: String, details: String?)] = [
        0: (401, "AuthException", "Unable to authenticate the app user."),
        1: (400, "API Unknown", "Invalid request or possible server error."),
        2: (503, "API Service", "Temporary due to downtime or due to being overloaded."),
        4: (400, "Application request limit reached", "The app has reached its API call rate limit."),
        10: (
            403, "Application does not have permission for this action", "Permission is either not granted or removed."
        ),
        100: (400, "Invalid parameter", "The request included one or more unsupported or misspelled parameters."),
        190: (401, "Invalid OAuth access token - Cannot parse access token", nil),
        368: (403, "Temporarily blocked for policies violations", "The account is restricted or disabled."),
        80007: (400, "Rate limit issues", "The WhatsApp Business Account has reached its rate limit."),
        130429: (400, "Rate limit hit", "Cloud API message throughput has been reached."),
        130472: (400, "User's number is part of an experiment", "Message was not sent as part of an experiment."),
        130497: (403, "Business account is restricted from messaging users in this country", "Country restriction."),
        131000: (500, "Something went wrong", "Message failed to send due to an unknown error."),
        131005: (403, "Access denied", "Permission is either not granted or removed."),
        131008: (400, "Required parameter is missing", "The request is missing a required parameter."),
        131009: (400, "Parameter value is not valid", "One or more parameter values are invalid."),
        131016: (500, "Service unavailable", "A service is temporarily unavailable."),
        131021: (400, "Recipient cannot be sender", "Sender and recipient phone number is the same."),
        131026: (400, "Message undeliverable", "Message Undeliverable."),
        131031: (403, "Business Account locked", "The account is restricted or disabled for a policy violation."),
        131042: (400, "Business eligibility payment issue", "There was an error related to your payment method."),
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
        131056: (
            400, "(Business Account, Consumer Account) pair rate limit hit",
            "Message failed to send because there were too many messages to the same phone number."
        ),
        131057: (500, "Account in maintenance mode", "Business Account is in maintenance mode."),
        132000: (400, "Number of parameters does not match the expected number of params", nil),
        132001: (404, "Template name does not exist in the translation", nil),
        132015: (400, "Template is paused", "Template is paused due to low quality."),
        132016: (400, "Template is disabled", "Template has been paused too many times and is disabled."),
        133004: (503, "Server temporarily unavailable", "Server is temporarily unavailable."),
        133010: (400, "Account not registered", "Phone number is not registered on the WhatsApp Business Platform."),
    ]
}
