import HTTPTypes
import HubCore
import Hummingbird

/// An error as a person sees it: what happened, and what to do.
struct PageRefusal: Error {
    var status: HTTPResponse.Status
    var title: String
    /// What happened, in plain words. Nothing of what was sent.
    var explanation: String
    /// What to do now.
    var advice: String
    /// A way on.
    var link: (title: String, path: String)?
    var fields: [HTTPField] = []

    func response(requestID: String, _ frame: PageFrame) -> Response {
        let link = link ?? frame.tenant.map { ("To your account", "/account/\($0.id)") }
        let page = Page(
            template: "error", title: title, status: status,
            content: [
                "explanation": .text(explanation), "advice": .text(advice), "requestID": .text(requestID),
                "link": .group(link.map { ["title": .text($0.title), "path": .text($0.path)] }),
            ])
        var response = frame.response(page)
        for field in fields { response.headers.append(field) }
        return response
    }
}

extension PageRefusal {
    static let notFound = PageRefusal(
        status: .notFound, title: "Not found",
        explanation: "There is nothing here, or nothing that you may see.",
        advice: "Check the address, or go back.")

    static func notSignedIn(tenant: String) -> PageRefusal {
        PageRefusal(
            status: .unauthorized, title: "You are signed out",
            explanation: "Your session has ended, so nothing was changed.",
            advice: "Sign in, and do it again.", link: ("Sign in", "/auth/\(tenant)"),
            fields: [HTTPField(name: .wwwAuthenticate, value: "Cookie")])
    }

    static func forbidden(tenant: String) -> PageRefusal {
        PageRefusal(
            status: .forbidden, title: "Not allowed",
            explanation: "Your role does not allow this, so nothing was changed.",
            advice: "Ask an owner or admin of your organisation.", link: ("Your account", "/account/\(tenant)"))
    }

    /// A form that did not come from a page of ours, or from one that is too old.
    static let foreignForm = PageRefusal(
        status: .forbidden, title: "The page was too old",
        explanation: "What you sent did not come from a page that was just loaded from here, so nothing was done.",
        advice: "Go back, load the page again, and repeat it. Your browser has to accept cookies.")

    /// What cannot be read.
    static func unreadable(_ explanation: String) -> PageRefusal {
        PageRefusal(
            status: .badRequest, title: "The request cannot be read", explanation: explanation,
            advice: "Go back, and try again from the start.")
    }

    /// A problem of the API's kind, where a person meets it.
    init(_ problem: Problem) {
        switch problem.status {
        case .notFound: self = .notFound
        case .methodNotAllowed:
            self.init(
                status: .methodNotAllowed, title: "Not this way",
                explanation: "This address cannot be opened like a page.",
                advice: "Go back, and use the button there.", fields: problem.fields)
        case .contentTooLarge:
            self.init(
                status: .contentTooLarge, title: "Too much at once",
                explanation: "What was sent is larger than this page takes.", advice: "Go back, and send less.")
        case .serviceUnavailable:
            self.init(
                status: .serviceUnavailable, title: "Not right now",
                explanation: "The hub cannot store this right now, so nothing was changed.",
                advice: "Try again in a moment.", fields: [HTTPField(name: .retryAfter, value: "1")])
        case let status where status.kind == .serverError:
            self.init(
                status: status, title: "Something went wrong here",
                explanation: "The hub could not finish what was asked.",
                advice: "Try again. If it happens again, tell whoever runs the hub the request id below.")
        case let status:
            self.init(
                status: status, title: "The request cannot be read",
                explanation: "The hub does not understand what was sent.", advice: "Go back, and try again.")
        }
    }
}
