/// An error as the Graph API answers it.
///
/// Clients must decide by `code`; the HTTP status of WhatsApp errors is no longer published and is a custom here.
struct GraphError: Error, Hashable, Sendable {
    var http: Int
    var code: Int
    var subcode: Int?
    /// The text of `error.message`, without the code in front.
    var title: String
    /// The text of `error_data.details`; WhatsApp's own errors have it.
    var details: String?
    var isTransient = false
    /// A text for the person who uses the client: some management errors have it.
    var userTitle: String?
    var userMessage: String?

    /// The error envelope; the trace id is new each time.
    func envelope(traceID: String) -> JSON {
        [
            "error": [
                "message": JSON(hasCodeInMessage ? "(#\(code)) \(title)" : title),
                "type": "OAuthException",
                "code": JSON(code),
                "error_subcode": subcode.map { JSON($0) },
                "error_data": details.map { ["messaging_product": "whatsapp", "details": JSON($0)] },
                "is_transient": isTransient ? true : nil,
                "error_user_title": userTitle.map { JSON($0) },
                "error_user_msg": userMessage.map { JSON($0) },
                "fbtrace_id": JSON(traceID),
            ]
        ]
    }

    /// The element of `errors` in a failed status or an unsupported message.
    var webhookElement: JSON {
        [
            "code": JSON(code), "title": JSON(title), "message": JSON(title),
            "error_data": ["details": JSON(details ?? title)],
            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        ]
    }

    /// Errors of tokens and codes are told without their code.
    private var hasCodeInMessage: Bool {
        ![1, 33, 101, 104, 190, 191, 2500].contains(code) && ![33, 36007, 36008, 36009].contains(subcode)
    }

    /// A trace id of the form Meta uses.
    static func makeTraceID() -> String {
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
        return "A" + String((0..<22).map { _ in alphabet.randomElement() ?? "0" })
    }
}

extension GraphError {
    static let missingToken = GraphError(
        http: 401, code: 104, title: "An access token is required to request this resource.")
    static let deadToken = GraphError(
        http: 401, code: 190, title: "Invalid OAuth access token - Cannot parse access token")

    /// An object that does not exist, or that the token may not see: Meta answers both alike.
    static func unknownObject(_ id: String, verb: String) -> GraphError {
        GraphError(
            http: 400, code: 100, subcode: 33,
            title:
                "Unsupported \(verb) request. Object with ID '\(id.prefix(64))' does not exist, cannot be loaded due to "
                + "missing permissions, or does not support this operation")
    }

    static func unknownPath(_ path: String) -> GraphError {
        GraphError(http: 400, code: 2500, title: "Unknown path components: \(path.prefix(200))")
    }

    static func missing(_ parameter: String) -> GraphError {
        GraphError(http: 400, code: 100, title: "The parameter \(parameter) is required.")
    }

    static func invalid(_ details: String) -> GraphError {
        GraphError(http: 400, code: 100, title: "Invalid parameter", details: details)
    }

    static func badValue(_ details: String) -> GraphError {
        GraphError(http: 400, code: 131009, title: "Parameter value is not valid", details: details)
    }
}
