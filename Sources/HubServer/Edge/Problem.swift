import AdapterKit
import HTTPTypes
import HubCore
import HubStore
import Hummingbird
import NIOHTTP1

/// An error as a caller sees it: problem JSON (RFC 9457) with a stable code.
struct Problem: Error, Sendable {
    let status: HTTPResponse.Status
    /// Stable, for programs.
    let code: String
    /// For people. Nothing secret, and nothing that the caller sent.
    let detail: String
    var errors: [RequestProblem] = []
    /// Seconds after which to come back.
    var retryAfter: Int?
    /// Header fields that the status asks for.
    var fields: [HTTPField] = []
    /// Members beyond those that every problem has.
    var members: [JSON.Member] = []

    func response(requestID: String) -> Response {
        var json: [JSON.Member] = [
            .init("type", "about:blank"), .init("title", .string(status.reasonPhrase)),
            .init("status", .integer(status.code)), .init("code", .string(code)), .init("detail", .string(detail)),
            .init("request_id", .string(requestID)),
        ]
        if !errors.isEmpty {
            let list = errors.map { problem in
                JSON.object([
                    "pointer": .string(problem.pointer), "code": .string(problem.code),
                    "detail": .string(problem.detail),
                ])
            }
            json.append(.init("errors", .array(list)))
        }
        var response = Response.json(.object(json + members), status: status, type: "application/problem+json")
        for field in fields { response.headers.append(field) }
        if let retryAfter { response.headers[.retryAfter] = String(retryAfter) }
        return response
    }
}

extension Problem {
    static let notFound = Problem(
        status: .notFound, code: "not_found", detail: "There is nothing here, or nothing that this key may see.")

    static let unauthenticated = Problem(
        status: .unauthorized, code: "unauthenticated", detail: "Send a valid API key as Authorization: Bearer KEY.",
        fields: [HTTPField(name: .wwwAuthenticate, value: "Bearer")])

    static func forbidden(_ scope: APIScope) -> Problem {
        Problem(status: .forbidden, code: "forbidden", detail: "This key lacks the scope \(scope.rawValue).")
    }

    static func invalid(_ errors: [RequestProblem]) -> Problem {
        Problem(
            status: .unprocessableContent, code: "invalid_request", detail: "The request has errors; each says where.",
            errors: errors)
    }

    static let busy = Problem(
        status: .serviceUnavailable, code: "unavailable",
        detail: "The hub cannot store this right now. Come back shortly.",
        retryAfter: 1)

    static let internalError = Problem(
        status: .internalServerError, code: "internal_error",
        detail: "Something went wrong here. The request id finds it in the log.")

    /// The problem that an error of the house or of Hummingbird stands for; nil for one that nobody foresaw.
    init?(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let problems as RequestProblems: self = .invalid(problems.problems)
        case let refusal as DeskRefusal: self.init(refusal)
        case let error as StoreError where error.code == .busy || error.code == .diskFull: self = .busy
        case let refused as ResolutionRefused:
            self.init(
                status: .conflict, code: "not_uncertain",
                detail: "Only an uncertain message can be resolved; this one is \(refused.status.rawValue).")
        case let error as HTTPError where error.status == .contentTooLarge:
            self.init(status: .contentTooLarge, code: "too_large", detail: "The body is larger than this route takes.")
        case let error as HTTPError where error.status == .notFound: self = .notFound
        case let error as HTTPError where error.status.kind == .clientError:
            self.init(status: error.status, code: "bad_request", detail: "The request cannot be read.")
        // The caller hung up in the middle of a body, or sent less, or something else, than it said.
        case is HTTPParserError:
            self.init(status: .badRequest, code: "bad_request", detail: "The request cannot be read.")
        default: return nil
        }
    }
}
