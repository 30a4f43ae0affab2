import AdapterKit

/// What is wrong when Drive does not do what was asked (developers.google.com/workspace/drive/api/guides/handle-errors).
enum DriveFailure {
    static let noAnswer = "no_answer"
    static let noConnection = "no_connection"

    /// Of an answer with a status that is no success.
    static func of(_ answer: HTTPAnswer) -> ProviderFailure {
        let error = (answer.isTruncated ? nil : try? JSON.parse(answer.body))?["error"]
        let told = error?["errors"]?.elements.first?["reason"]?.string
        let detail = error?["message"]?.string.map { String($0.prefix(512)) }
        func failure(
            _ kind: ProviderFailure.Kind, _ title: String, code: String? = nil, retryAfter: Duration? = nil
        ) -> ProviderFailure {
            ProviderFailure(
                kind, FailureReason(code: code ?? "\(answer.status)", title: title, detail: detail),
                retryAfter: answer.retryAfter ?? retryAfter)
        }
        switch answer.status {
        case 401: return failure(.misconfigured, "Drive does not take the token: connect Drive again")
        case 403:
            let reason = told.flatMap(Reason.init(rawValue:))
            return failure(
                reason?.kind ?? .refused, reason?.title ?? "Drive refuses this", code: reason?.rawValue,
                retryAfter: reason?.wait)
        case 404: return failure(.notFound, "It is not in Drive any more")
        case 429: return failure(.throttled, "Too many calls to Drive")
        case 300..<400:
            return failure(.refused, "Drive answered with a redirect, which is not followed", code: "redirect_refused")
        case 400..<500: return failure(.refused, "Drive refused the call")
        default: return failure(.unavailable, "Drive cannot answer now")
        }
    }

    static func of(_ failure: HTTPFailure) -> ProviderFailure {
        switch failure {
        case .refused:
            ProviderFailure(
                .misconfigured, FailureReason(code: "address_refused", title: "The hub may not call this address"))
        case .notConnected:
            ProviderFailure(.unavailable, FailureReason(code: noConnection, title: "No connection to Drive"))
        case .unanswered:
            ProviderFailure(.unavailable, FailureReason(code: noAnswer, title: "Drive gave no answer in time"))
        }
    }

    /// Drive named an upload session at another server: the token does not go there.
    static let strangeSession = ProviderFailure(
        .refused, FailureReason(code: "session_elsewhere", title: "Drive named an upload at another server"))

    /// `reason` of a 403.
    private enum Reason: String {
        case rateLimitExceeded, userRateLimitExceeded, sharingRateLimitExceeded, dailyLimitExceeded
        case storageQuotaExceeded, quotaExceeded, teamDriveFileLimitExceeded, numChildrenInNonRootLimitExceeded
        case appNotAuthorizedToFile, insufficientFilePermissions, insufficientPermissions, domainPolicy
        case accessNotConfigured, exportSizeLimitExceeded, downloadQuotaExceeded, cannotDownloadAbusiveFile

        var kind: ProviderFailure.Kind {
            switch self {
            case .rateLimitExceeded, .userRateLimitExceeded, .sharingRateLimitExceeded, .dailyLimitExceeded: .throttled
            case .storageQuotaExceeded, .quotaExceeded, .teamDriveFileLimitExceeded,
                .numChildrenInNonRootLimitExceeded, .insufficientPermissions, .domainPolicy, .accessNotConfigured:
                .misconfigured
            case .appNotAuthorizedToFile, .insufficientFilePermissions, .exportSizeLimitExceeded,
                .downloadQuotaExceeded, .cannotDownloadAbusiveFile:
                .refused
            }
        }

        var title: String {
            switch self {
            case .rateLimitExceeded, .userRateLimitExceeded, .sharingRateLimitExceeded: "Too many calls to Drive"
            case .dailyLimitExceeded: "The Google Cloud project has used up its calls of today"
            case .storageQuotaExceeded, .quotaExceeded: "The Drive is full: nothing can be filed until there is room"
            case .teamDriveFileLimitExceeded, .numChildrenInNonRootLimitExceeded: "The folder takes no more files"
            case .appNotAuthorizedToFile, .insufficientFilePermissions: "The app may not touch this file any more"
            case .insufficientPermissions: "The consent lacks the scope for files: connect Drive again"
            case .domainPolicy: "The administrator of the Google Workspace does not allow this app"
            case .accessNotConfigured: "The Drive API is not enabled in the Google Cloud project"
            case .exportSizeLimitExceeded: "The document is too large to be exported"
            case .downloadQuotaExceeded, .cannotDownloadAbusiveFile: "Drive does not give this file out"
            }
        }

        var wait: Duration? { self == .dailyLimitExceeded ? .seconds(3600) : nil }
    }
}
