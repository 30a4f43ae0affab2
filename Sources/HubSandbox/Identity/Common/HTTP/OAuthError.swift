import Hummingbird

/// A refusal in OAuth's own form (RFC 6749, section 5.2).
struct OAuthError: Error, Hashable, Sendable {
    var status = 400
    /// One of OAuth's codes, e.g. `invalid_grant`.
    let code: String
    let description: String?

    init(_ code: String, _ description: String? = nil, status: Int = 400) {
        self.status = status
        self.code = code
        self.description = description
    }

    var json: JSON { ["error": JSON(code), "error_description": description.map { JSON($0) }] }

    var response: Response {
        var response = Response.json(json, status: .init(code: status))
        if status == 401 { response.headers[.wwwAuthenticate] = "Basic realm=\"sandbox\"" }
        return response
    }
}
