extension GraphError {
    /// What is known of a code: HTTP status, title, details.
    typealias Known = (http: Int, title: String, details: String?)

    /// The error of a code, with a wording after Meta's, for errors that are asked for by number.
    static func catalogued(_ code: Int) -> GraphError {
        guard let entry = catalogue[code] else {
            return GraphError(http: 400, code: code, title: "Error \(code)", details: "Asked for by a sandbox fault.")
        }
        return GraphError(
            http: entry.http, code: code, title: entry.title, details: entry.details,
            isTransient: transientCodes.contains(code))
    }

    /// Every code that the sandbox knows.
    static var knownCodes: [Int] { catalogue.keys.sorted() }

    private static let transientCodes: Set<Int> = [
        1, 2, 131000, 131016, 131057, 133000, 133004, 133015, 134101, 2_494_100,
    ]

    private static let catalogue: [Int: Known] = graphCodes.merging(messageCodes) { $1 }.merging(templateCodes) { $1 }
        .merging(numberCodes) { $1 }

    /// HTTP statuses are those of Meta's older documentation; the current one has none.
    private static let graphCodes: [Int: Known] = [
        0: (401, "AuthException", "Unable to authenticate the app user."),
        1: (400, "API Unknown", "Invalid request or possible server error."),
        2: (503, "API Service", "Temporary due to downtime or due to being overloaded."),
        3: (500, "API Method", "Capability or permissions issue."),
        4: (400, "Application request limit reached", "The app has reached its API call rate limit."),
        10: (
            403, "Application does not have permission for this action", "Permission is either not granted or removed."
        ),
        17: (400, "User request limit reached", nil),
        33: (400, "Parameter value is not valid", "The business phone number has been deleted."),
        100: (400, "Invalid parameter", "The request included one or more unsupported or misspelled parameters."),
        104: (401, "An access token is required to request this resource.", nil),
        190: (401, "Invalid OAuth access token - Cannot parse access token", nil),
        200: (403, "Permissions error", "Provide a valid app id or a permission that is missing."),
        368: (403, "Temporarily blocked for policies violations", "The account is restricted or disabled."),
        613: (400, "Calls to this api have exceeded the rate limit.", nil),
        803: (404, "Some of the aliases you requested do not exist", nil),
        2593107: (400, "Synchronization request limit exceeded", "The sync was asked for already; it runs once."),
        2593108: (
            400, "Synchronization request made outside of allowed time window",
            "More than 24 hours have passed since the number came."
        ),
        2593109: (
            400, "History sync declined", "The business has chosen not to share its history from the app."
        ),
        80007: (400, "Rate limit issues", "The WhatsApp Business Account has reached its rate limit."),
        200005: (400, "Template insights unavailable", nil),
        200006: (400, "Template insights cannot be disabled", nil),
        200007: (400, "Template insights not enabled", nil),
        1752041: (400, "Duplicate onboarding request", nil),
    ]

    private static let numberCodes: [Int: Known] = [
        133000: (500, "Incomplete deregistration", "A previous deregistration attempt failed."),
        133004: (503, "Server temporarily unavailable", "Server is temporarily unavailable."),
        133005: (400, "Two-step verification PIN mismatch", "The two-step verification PIN is incorrect."),
        133006: (400, "Phone number re-verification needed", "The phone number must be verified before it registers."),
        133008: (400, "Too many two-step verification PIN guesses", "Too many PIN guesses for this phone number."),
        133009: (400, "Two-step verification PIN guessed too fast", "The PIN was entered too quickly."),
        133010: (400, "Account not registered", "Phone number is not registered on the WhatsApp Business Platform."),
        133015: (
            400, "Please wait a few minutes before attempting to register this phone number",
            "The number was recently deleted, and its deletion is not complete."
        ),
        133016: (
            400, "Account register/deregister rate limit exceeded",
            "Registration or deregistration was attempted too often for this number in a short time."
        ),
        136024: (400, "Request code error", nil),
        136025: (400, "Verify code error", nil),
        138000: (400, "Calling not enabled", nil), 138001: (400, "Receiver uncallable", nil),
        138002: (400, "Concurrent calls limit", nil), 138003: (400, "Duplicate call", nil),
        138004: (400, "Connection error", nil), 138005: (400, "Call rate limit exceeded", nil),
        138006: (400, "No approved call permission found", nil), 138007: (400, "Connection timeout error", nil),
        138009: (400, "Call permission request limit hit", nil),
        138012: (400, "Business-initiated calls limit hit", nil),
        138018: (400, "Calling cannot be enabled", nil),
        139100: (400, "Failed to block/unblock users", "Some users could not be blocked or unblocked."),
        139101: (400, "Blocklist limit reached", "A number can block 64,000 users."),
        139102: (400, "Blocklist concurrent update", "The list was changed by another call; try again."),
        139103: (500, "Internal error", "An internal error occurred; try again."),
        147001: (400, "Username is not available", nil),
        147002: (400, "The account is not eligible for a username", nil),
        147003: (400, "The Facebook account must be linked to claim this username", nil),
        147004: (400, "The Instagram account must be linked to claim this username", nil),
        147005: (
            400, "The username belongs to another number of the portfolio", "Use transfer_action force_transfer."
        ),
        2388012: (400, "Phone number cannot be migrated", nil), 2388091: (400, "Phone number is not eligible", nil),
        2388093: (400, "Two-step verification must be turned off", nil),
        2388103: (400, "Phone number migration is not complete", nil),
        2494100: (500, "Phone number is in maintenance", nil),
    ]
}
