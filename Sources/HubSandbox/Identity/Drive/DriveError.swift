import HTTPTypes
import Hummingbird

/// A refusal in the form of Google's older APIs.
struct DriveError: Error, Hashable, Sendable {
    let status: Int
    let reason: String
    let message: String
    var domain = "global"
    /// The parameter or header that is wrong.
    var location: String?
    /// Seconds.
    var retryAfter: Int?

    init(_ status: Int, _ reason: String, _ message: String) {
        self.status = status
        self.reason = reason
        self.message = message
    }

    static let unauthorized: DriveError = {
        var error = DriveError(401, "authError", "Invalid Credentials")
        error.location = "Authorization"
        return error
    }()

    static let quota = DriveError(
        403, "storageQuotaExceeded", "The user's Drive storage quota has been exceeded.")

    static func notFound(_ id: String) -> DriveError {
        var error = DriveError(404, "notFound", "File not found: \(id.prefix(100)).")
        error.location = "fileId"
        return error
    }

    static func invalid(_ parameter: String, _ message: String = "Invalid Value") -> DriveError {
        var error = DriveError(400, "invalid", message)
        error.location = parameter
        return error
    }

    static func rate(_ status: Int, _ seconds: Int) -> DriveError {
        var error = DriveError(
            status, status == 429 ? "rateLimitExceeded" : "userRateLimitExceeded", "User Rate Limit Exceeded")
        error.domain = "usageLimits"
        error.retryAfter = seconds
        return error
    }

    var response: Response {
        let detail: JSON = [
            "message": JSON(message), "domain": JSON(domain), "reason": JSON(reason),
            "location": location.map { JSON($0) },
            "locationType": location.map { JSON($0 == "Authorization" ? "header" : "parameter") },
        ]
        let json: JSON = ["error": ["code": JSON(status), "message": JSON(message), "errors": [detail]]]
        var response = Response.json(json, status: .init(code: status))
        if let retryAfter, let name = HTTPField.Name("retry-after") { response.headers[name] = String(retryAfter) }
        if status == 401 {
            response.headers[.wwwAuthenticate] = #"Bearer realm="https://accounts.google.com/", error="invalid_token""#
        }
        return response
    }
}
