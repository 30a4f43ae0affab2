import AdapterKit
import HubCore
import HubStore
import NIOHTTP1
import Testing

@testable import HubServer

/// Two tenants with one of everything, and whoever could call a route: what the cross-tenant matrix is made of.
struct Matrix: Sendable {
    enum Owner: String, CaseIterable {
        case acme, globex
        /// Well-formed ids that nobody has.
        case nobody
    }

    /// Who calls.
    enum Principal: String, CaseIterable {
        case none, key, foreignKey, owner, viewer, foreignOwner
        /// The foreign session under the cookie of this tenant.
        case plantedSession
    }

    let hub: RunningHub
    /// By the tenant: what stands for each kind of id in the paths of the API.
    let records: [Owner: SeededIDs]
    /// What stands for each name in the paths of pages.
    private(set) var names: [Owner: [String: String]] = [:]
    private(set) var sessions: [Principal: String] = [:]
    /// The token of all forms.
    static let proof = String(repeating: "p", count: 43)

    init(_ hub: RunningHub) async throws {
        self.hub = hub
        records = [
            .acme: try await hub.seed("acme", channel: "support"),
            .globex: try await hub.seed("globex", channel: "care"),
        ]
        try await renew()
    }

    /// Fresh people, sessions, keys and the like: the call before may have used them up.
    mutating func renew() async throws {
        sessions = [:]
        for owner in [Owner.acme, .globex] {
            let seed = try await PeopleSeed(hub, tenant: owner.rawValue)
            names[owner] = seed.names
            if owner == .acme {
                sessions[.owner] = seed.ownerSession
                sessions[.viewer] = seed.viewerSession
            } else {
                sessions[.foreignOwner] = seed.ownerSession
                sessions[.plantedSession] = seed.ownerSession
            }
        }
        names[.nobody] = Dictionary(
            uniqueKeysWithValues: ["person", "identity", "session", "invitation", "key"].map { name in
                (name, APICall.unknownID(PeopleSeed.kinds[name] ?? name))
            }
        ).merging(["connection": "nobodys", "system": "nobodys", "service": "nobodys", "code": "nobodys"]) { $1 }
    }

    /// The path of a route. Nil when the matrix does not know what stands for a part of it.
    /// - Parameters:
    ///   - owner: whose ids are in it.
    ///   - tenant: the tenant in it, where there is one.
    func path(_ template: String, ids owner: Owner, tenant: String = "acme") -> String? {
        var parts: [String] = []
        for part in template.split(separator: "/") {
            guard part.hasPrefix("{") else {
                parts.append(String(part))
                continue
            }
            let name = String(part.dropFirst().dropLast())
            guard let value = value(name, after: parts.last ?? "", template, owner, tenant) else { return nil }
            parts.append(value)
        }
        return "/" + parts.joined(separator: "/")
    }

    private func value(
        _ name: String, after place: String, _ template: String, _ owner: Owner, _ tenant: String
    ) -> String? {
        switch (name, place) {
        case ("tenant", _): return tenant
        case ("topic", _): return "accounts"
        case ("app", _): return "shared"
        case ("channel", _): return owner == .acme ? "direct" : owner == .globex ? "counter" : "nobodys"
        case ("operation", _): return "echo"
        case ("name", "channels"): return owner == .nobody ? "nobodys" : Sample.desk(owner.rawValue)
        case ("id", _):
            let kinds = [
                "messages": "msg", "media": "med", "conversations": "cnv", "contacts": "ctc", "dead-letters": "dlv",
                "templates": "tpl",
            ]
            guard let kind = kinds[place] else { return nil }
            guard let records = records[owner] else { return APICall.unknownID(kind) }
            let call = APICall.all.first { $0.template == template }
            return records[call?.seed ?? kind]
        // One's own session, or that of the person before it.
        case ("session", _) where template.contains("{person}"):
            return names[owner]?["personSession"] ?? names[owner]?[name]
        default: return names[owner]?[name]
        }
    }

    /// Whether a route's path names something that belongs to a tenant, beside the tenant itself.
    static func hasIDs(_ template: String) -> Bool {
        let general: Set<Substring> = ["{tenant}", "{operation}", "{topic}", "{app}"]
        return template.split(separator: "/").contains { $0.hasPrefix("{") && !general.contains($0) }
    }

    /// Calls a route as somebody.
    /// - Parameter isOwnForm: the form comes from a page of ours.
    func call(
        _ route: RouteTable.Route, _ path: String, as principal: Principal, isOwnForm: Bool = true
    ) async throws -> Answer {
        var headers: [(String, String)] = []
        var cookies = ["__Host-comfile_csrf=\(Self.proof)"]
        switch principal {
        case .none: break
        case .key: headers.append(("Authorization", "Bearer \(Sample.key("acme"))"))
        case .foreignKey: headers.append(("Authorization", "Bearer \(Sample.key("globex"))"))
        case .owner, .viewer, .plantedSession:
            cookies.append("__Host-comfile-acme=\(sessions[principal] ?? "")")
        case .foreignOwner: cookies.append("__Host-comfile-globex=\(sessions[principal] ?? "")")
        }
        headers.append(("Cookie", cookies.joined(separator: "; ")))
        var body: [UInt8]?
        if route.access.isForPeople, route.method == "POST" {
            headers.append(("Content-Type", "application/x-www-form-urlencoded"))
            headers += isOwnForm ? TestBrowser.ownForm : [("Sec-Fetch-Site", "cross-site")]
            body = Array(TestBrowser.encoded([("proof", Self.proof), ("purpose", "sign_in"), ("role", "viewer")]).utf8)
        } else if let call = APICall.all.first(where: {
            $0.template == route.template && "\($0.method)" == route.method
        }) {
            body = call.bytes(tenant: principal == .foreignKey ? "globex" : "acme")
            headers += call.headers
        } else if route.method == "POST" {
            body = Array("{}".utf8)
        }
        if route.template.hasSuffix("/stream") { return try await hub.head(path, headers) }
        let query = route.template == "/api/v1/media" ? "?kind=document" : ""
        return try await hub.call(HTTPMethod(rawValue: route.method), path + query, headers: headers, body: body)
    }
}

/// One of everything that people have, at one tenant.
private struct PeopleSeed {
    static let kinds = ["person": "per", "identity": "idn", "session": "ses", "invitation": "inv", "key": "key"]

    let names: [String: String]
    let ownerSession: String
    let viewerSession: String

    init(_ hub: RunningHub, tenant: String) async throws {
        let store = try await hub.tenant(tenant).store
        let now = hub.hub.clock.now
        func add(_ role: PersonRole) async throws -> (person: PersonRecord, identity: IdentityRecord) {
            let identity = NewIdentity(
                connection: "house", issuer: TestIdentity.issuer, subject: RandomText.make(), label: nil)
            let outcome = try await store.addPerson(NewPerson(role: role), identity: identity, at: now)
            guard case .added(let person, let identity?) = outcome else { throw CancellationError() }
            return (person, identity)
        }
        func open(_ person: PersonRecord) async throws -> (token: String, record: SessionRecord) {
            let token = RandomText.make()
            let session = try await store.createSession(
                NewSession(
                    person: person.id, identity: nil, connection: "house", token: Secret(token), label: "Test",
                    idle: .seconds(3600), absolute: .seconds(3600)), at: now)
            return (token, try #require(session))
        }
        let owner = try await add(.owner).person
        // The one who is looked at and changed is somebody else, with a session; both sessions of the paths are theirs
        // or the owner's, as the route has it.
        let other = try await add(.agent)
        let viewer = try await add(.viewer).person
        ownerSession = try await open(owner).token
        viewerSession = try await open(viewer).token
        let otherSession = try await open(other.person).record
        let ownOther = try await open(owner).record
        let second = NewIdentity(
            connection: "house", issuer: TestIdentity.issuer, subject: RandomText.make(), label: nil)
        guard case .linked(let identity) = try await store.link(second, to: owner.id, at: now) else {
            throw CancellationError()
        }
        let invitation = try await store.invite(
            NewInvitation(
                role: .viewer, invitedBy: owner.id, token: Secret(RandomText.make()), expiresAt: now + .seconds(3600)),
            at: now)
        let key = try await store.issueKey(
            name: "Test", scopes: [], token: Secret("comfile_\(tenant)_\(RandomText.make())"), by: owner.id, at: now)
        let service = tenant == "acme" ? "drive" : "archive"
        _ = try await store.keepGrant(
            NewGrant(
                owner: .system(service), connection: service, subject: "folder",
                tokens: GrantTokens(
                    accessToken: Secret("token-of-folder"), refreshToken: nil, accessExpiresAt: now + .seconds(3600)),
                rotates: false), at: now)
        let code = RandomText.make()
        _ = try await store.requestDeletion(
            of: IdentityAccount(issuer: TestIdentity.issuer, subject: RandomText.make()), connection: "house",
            issuedAt: now, code: code, at: now)
        names = [
            "person": other.person.id, "identity": identity.id, "session": ownOther.id,
            "personSession": otherSession.id, "invitation": try #require(invitation).id, "key": try #require(key).id,
            "connection": tenant == "acme" ? "form" : "lodge", "system": service, "service": service, "code": code,
        ]
    }
}
