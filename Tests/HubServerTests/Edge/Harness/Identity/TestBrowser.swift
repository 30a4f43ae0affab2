import AdapterKit
import Foundation
import HubStore
import NIOHTTP1
import Synchronization
import Testing

/// A person's browser as the hub sees it: it keeps cookies, and sends forms from the hub's own pages.
final class TestBrowser: Sendable {
    static let origin = "https://hub.example.com"
    /// What a browser says with a form of a page of ours: pages without a referrer have no origin to name either.
    static let ownForm = [("Origin", "null"), ("Sec-Fetch-Site", "same-origin")]

    let hub: RunningHub
    private let kept = Mutex<[String: String]>([:])

    init(_ hub: RunningHub) { self.hub = hub }

    var cookies: [String: String] { kept.withLock { $0 } }

    func keep(_ name: String, _ value: String?) { kept.withLock { $0[name] = value } }

    func get(
        _ path: String, headers: [(String, String)] = [], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        take(
            try await hub.call(
                .GET, path, headers: headers + cookieHeader(cookies), sourceLocation: sourceLocation))
    }

    /// Sends a form of one of our own pages: with the token that the page had, unless it is said otherwise.
    func submit(
        _ path: String, _ fields: [(String, String)] = [], proof: String? = nil,
        headers: [(String, String)] = TestBrowser.ownForm, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        if cookies["__Host-comfile_csrf"] == nil { _ = try await get("/auth/acme", sourceLocation: sourceLocation) }
        let proof = proof ?? cookies["__Host-comfile_csrf"] ?? ""
        return try await post(
            path, [("proof", proof)] + fields, headers: headers + cookieHeader(cookies), sourceLocation: sourceLocation)
    }

    /// Sends a form from another site, as a provider's page does: cookies that are not for that stay at home.
    func submitFromElsewhere(
        _ path: String, _ fields: [(String, String)], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        try await post(
            path, fields, headers: [("Origin", "https://id.example.com"), ("Sec-Fetch-Site", "cross-site")],
            sourceLocation: sourceLocation)
    }

    private func post(
        _ path: String, _ fields: [(String, String)], headers: [(String, String)], sourceLocation: SourceLocation
    ) async throws -> Answer {
        take(
            try await hub.call(
                .POST, path, headers: headers + [("Content-Type", "application/x-www-form-urlencoded")],
                body: Array(Self.encoded(fields).utf8), sourceLocation: sourceLocation))
    }

    static func encoded(_ fields: [(String, String)]) -> String {
        func escaped(_ text: String) -> String {
            text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        }
        return fields.map { "\(escaped($0))=\(escaped($1))" }.joined(separator: "&")
    }

    private func cookieHeader(_ cookies: [String: String]) -> [(String, String)] {
        cookies.isEmpty ? [] : [("Cookie", cookies.map { "\($0)=\($1)" }.joined(separator: "; "))]
    }

    private func take(_ answer: Answer) -> Answer {
        for cookie in answer.headers["set-cookie"] {
            let parts = cookie.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            guard let pair = parts.first?.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false),
                pair.count == 2
            else { continue }
            keep(String(pair[0]), parts.contains("Max-Age=0") ? nil : String(pair[1]))
        }
        return answer
    }
}

extension TestBrowser {
    /// Goes to the provider and takes what it says there.
    /// - Returns: the parameters of the authorization request.
    func start(
        _ connection: String = "house", tenant: String = "acme", _ fields: [(String, String)] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> [String: String] {
        let purpose = fields.contains { $0.0 == "purpose" } ? [] : [("purpose", "sign_in")]
        let answer = try await submit(
            "/auth/\(tenant)/\(connection)/start", purpose + fields, sourceLocation: sourceLocation)
        #expect(answer.status == 303, sourceLocation: sourceLocation)
        return answer.locationQuery
    }

    /// Comes back from the provider as somebody.
    func comeBack(
        _ state: String, as person: String, _ connection: String = "house", tenant: String = "acme",
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        try await get(
            "/auth/\(tenant)/\(connection)/callback?code=code-of-\(person)&state=\(state)",
            sourceLocation: sourceLocation)
    }

    /// The whole way, for somebody who is known or has an invitation.
    @discardableResult
    func signIn(
        as person: String, tenant: String = "acme", _ fields: [(String, String)] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        let request = try await start(tenant: tenant, fields, sourceLocation: sourceLocation)
        return try await comeBack(
            try #require(request["state"], sourceLocation: sourceLocation), as: person, tenant: tenant,
            sourceLocation: sourceLocation)
    }

    /// Accepts an invitation of the operator, and signs in.
    func join(
        _ tenant: String = "acme", as person: String, role: PersonRole = .owner,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let link = try await hub.invitation(to: tenant, role: role)
        let token = link.split(separator: "=").last.map(String.init) ?? ""
        let accepted = try await submit(
            "/auth/\(tenant)/invitations", [("token", token)], sourceLocation: sourceLocation)
        #expect(accepted.status == 303, sourceLocation: sourceLocation)
        let answer = try await signIn(as: person, tenant: tenant, sourceLocation: sourceLocation)
        #expect(answer.status == 303, sourceLocation: sourceLocation)
        #expect(answer.headers["location"] == ["/account/\(tenant)"], sourceLocation: sourceLocation)
    }

    /// The session cookie of a tenant.
    func session(_ tenant: String = "acme") -> String? { cookies["__Host-comfile-\(tenant)"] }
}

extension Answer {
    /// The parameters of where the browser is sent.
    var locationQuery: [String: String] {
        let items = headers["location"].first.flatMap { URLComponents(string: $0)?.queryItems } ?? []
        return Dictionary(items.map { ($0.name, $0.value ?? "") }) { $1 }
    }
}
