import AdapterKit
import HubCore
import HubStore
import NIOHTTP1
import Testing

/// What people do on their pages.
@Suite(.timeLimit(.minutes(2)))
struct AccountTests {
    @Test func `an invitation is looked at without being used up, works once, and is shown once`() async throws {
        try await withPeople { hub in
            let owner = try await hub.person("ada")
            let made = try await owner.submit("/account/acme/invitations", [("name", "Bob"), ("role", "agent")])
            #expect(made.headers["location"] == ["/account/acme/people?notice=invited"])
            let page = try await owner.get("/account/acme/people?notice=invited").text
            let start = try #require(page.firstRange(of: "https://hub.example.com/auth/acme/invitations?token="))
            let link = String(page[start.lowerBound...].prefix { $0 != "<" })
            #expect(try await !owner.get("/account/acme/people").text.contains("invitations?token="), "shown once")
            let path = String(link.dropFirst(TestBrowser.origin.count))
            let guest = TestBrowser(hub)
            for _ in 0..<3 {
                let look = try await guest.get(path)
                #expect(look.status == 200)
                #expect(look.text.contains("ada") && look.text.contains("an agent") && look.text.contains("Acme Ltd"))
            }
            let token = String(path.split(separator: "=")[1])
            _ = try await guest.submit("/auth/acme/invitations", [("token", token)])
            #expect(try await guest.get("/auth/acme").text.contains("You are invited"))
            #expect(try await guest.signIn(as: "bob").status == 303)
            #expect(try await guest.get("/account/acme").text.contains("Agent"))
            #expect(try await TestBrowser(hub).get(path).status == 404, "used up")
            #expect(try await TestBrowser(hub).get("/auth/globex/invitations?token=\(token)").status == 404)
        }
    }

    @Test func `what a role does not allow is neither shown nor done`() async throws {
        try await withPeople { hub in
            let owner = try await hub.person("ada")
            let admin = try await hub.person("bob", role: .admin)
            let agent = try await hub.person("carol", role: .agent)
            let page = try await agent.get("/account/acme").text
            for place in ["people", "keys", "services", "audit"] {
                #expect(!page.contains("/account/acme/\(place)"))
                #expect(try await agent.get("/account/acme/\(place)").status == 403)
                #expect(try await admin.get("/account/acme/\(place)").status == 200)
            }
            // An admin neither makes owners nor touches one.
            let invited = try await admin.submit("/account/acme/invitations", [("role", "owner")])
            #expect(invited.status == 403)
            #expect(try await !admin.get("/account/acme/people").text.contains("value=\"owner\""))
            let ownerPath = try await path(of: "ada", hub)
            for change in ["suspend", "remove", "sessions/end"] {
                #expect(try await admin.submit("\(ownerPath)/\(change)").status == 403, "\(change)")
            }
            #expect(try await admin.submit("\(ownerPath)/role", [("role", "viewer")]).status == 403)
            let adminPath = try await path(of: "bob", hub)
            #expect(try await admin.submit("\(adminPath)/role", [("role", "owner")]).status == 403)
            // The last owner stays one.
            let last = try await owner.submit("\(ownerPath)/role", [("role", "viewer")])
            #expect(last.headers["location"] == ["\(ownerPath)?notice=last-owner"])
        }
    }

    @Test func `who is suspended is out at once, and comes back when let in again`() async throws {
        try await withPeople { hub in
            let owner = try await hub.person("ada")
            let bob = try await hub.person("bob", role: .agent)
            let path = try await path(of: "bob", hub)
            #expect(try await owner.submit("\(path)/suspend").status == 303)
            #expect(try await bob.get("/account/acme").status == 303)
            #expect(try await bob.submit("/account/acme/sign-out").status == 401)
            #expect(try await bob.signIn(as: "bob").status == 403)
            #expect(try await owner.submit("\(path)/restore").status == 303)
            #expect(try await bob.signIn(as: "bob").status == 303)
            #expect(
                try await owner.submit("\(path)/remove").headers["location"] == ["/account/acme/people?notice=removed"])
            #expect(try await bob.get("/account/acme").status == 303)
            #expect(try await owner.get(path).status == 404)
        }
    }

    @Test func `a key is shown once, works as its scopes say, shows when it was used, and ends when revoked`()
        async throws
    {
        try await withPeople { hub in
            let owner = try await hub.person("ada")
            let made = try await owner.submit(
                "/account/acme/keys", [("name", "CRM"), ("scope", "contacts.read"), ("scope", "events.read")])
            #expect(made.headers["location"] == ["/account/acme/keys?notice=key-issued"])
            let page = try await owner.get("/account/acme/keys?notice=key-issued").text
            let start = try #require(page.firstRange(of: "<code>comfile_acme_"))
            let key = String(page[start.lowerBound...].dropFirst("<code>".count).prefix { $0 != "<" })
            #expect(try await !owner.get("/account/acme/keys").text.contains(key))
            #expect(try await hub.get("/api/v1/contacts", key: key).status == 200)
            #expect(try await hub.get("/api/v1/conversations", key: key).status == 403)
            #expect(try await hub.get("/api/v1/contacts", key: key.replacing("_acme_", with: "_globex_")).status == 401)
            #expect(try await !owner.get("/account/acme/keys").text.contains("never"), "the last use is shown")
            let id = try #require(try await hub.tenant("acme").store.keys().first?.id)
            #expect(try await owner.submit("/account/acme/keys/\(id)/revoke").status == 303)
            #expect(try await hub.get("/api/v1/contacts", key: key).status == 401)
            #expect(try await owner.submit("/account/acme/keys/\(id)/revoke").status == 404)
        }
    }

    @Test func `one more way to sign in is added while signed in, and the last one stays`() async throws {
        try await withPeople { hub in
            let browser = try await hub.person("ada")
            let store = try await hub.tenant("acme").store
            let person = try await id(of: "ada", hub)
            let first = try await identities(of: "ada", hub)
            let alone = try await browser.submit("/account/acme/identities/\(first[0])/unlink")
            #expect(alone.headers["location"] == ["/account/acme?notice=last-credential"])
            let answer = try await browser.signIn(as: "ada-at-work", [("purpose", "link")])
            #expect(answer.headers["location"] == ["/account/acme?notice=linked"])
            let both = try await identities(of: "ada", hub)
            #expect(both.count == 2)
            // Somebody else's account is not taken over, and nobody is merged.
            _ = try await hub.person("bob", role: .viewer)
            let taken = try await browser.signIn(as: "bob", [("purpose", "link")])
            #expect(taken.status == 409)
            #expect(try await browser.submit("/account/acme/identities/\(first[0])/unlink").status == 303)
            #expect(try await store.identities(of: person).count == 1)
            let out = TestBrowser(hub)
            #expect(try await out.submit("/auth/acme/house/start", [("purpose", "link")]).status == 401)
        }
    }

    @Test func `sessions are listed and ended, one or all`() async throws {
        try await withPeople { hub in
            let here = try await hub.person("ada")
            let there = TestBrowser(hub)
            try await there.signIn(as: "ada")
            let store = try await hub.tenant("acme").store
            let person = try await id(of: "ada", hub)
            let sessions = try await store.sessions(of: person, at: hub.hub.clock.now)
            #expect(sessions.count == 2)
            let newest = try #require(sessions.max { $0.createdAt < $1.createdAt })
            #expect(try await here.submit("/account/acme/sessions/\(newest.id)/end").status == 303)
            #expect(try await there.get("/account/acme").status == 303)
            try await there.signIn(as: "ada")
            #expect(try await here.submit("/account/acme/sessions/end-others").status == 303)
            #expect(try await there.get("/account/acme").status == 303)
            try await there.signIn(as: "ada")
            let out = try await here.submit("/account/acme/sign-out-everywhere")
            #expect(out.headers["location"] == ["/auth/acme?notice=signed-out"])
            #expect(here.session() == nil)
            #expect(try await there.get("/account/acme").status == 303)
            #expect(try await store.sessions(of: person, at: hub.hub.clock.now).isEmpty)
        }
    }

    @Test func `a session that a provider ends is ended at once`() async throws {
        try await withPeople { hub in
            let browser = try await hub.person("ada")
            let body: JSON = ["id": "event-1", "kind": "sessions", "subject": "ada"]
            let path = "/auth/acme/house/events/accounts"
            for signature in [nil, "", "wrong"] {
                let answer = try await hub.call(
                    .POST, path, headers: signature.map { [("Test-Signature", $0)] } ?? [], body: body.encoded)
                #expect(answer.status == 401)
            }
            #expect(try await browser.get("/account/acme").status == 200)
            let taken = try await hub.call(
                .POST, path, headers: [("Test-Signature", TestIdentity.eventSecret)], body: body.encoded)
            #expect(taken.status == 202)
            #expect(try await browser.get("/account/acme").status == 303)
            for body in ["", "null", "[", "\u{0}", #"{"id":1}"#] {
                let answer = try await hub.call(
                    .POST, path, headers: [("Test-Signature", TestIdentity.eventSecret)], body: Array(body.utf8))
                #expect((400..<500).contains(answer.status))
            }
            let long = try await hub.call(.POST, path, body: Array(repeating: 32, count: 1024 * 1024 + 1))
            #expect(long.status == 413)
            for path in [
                "/auth/acme/house/events/nothing", "/auth/acme/nobody/events/accounts", "/auth/x/house/events/accounts",
            ] {
                #expect(try await hub.call(.POST, path, body: body.encoded).status == 404)
            }
        }
    }

    @Test func `a deletion that a provider asks for can be followed`() async throws {
        try await withPeople { hub in
            _ = try await hub.person("ada")
            let body: JSON = ["id": "event-2", "kind": "erasure", "subject": "ada"]
            let taken = try await hub.call(
                .POST, "/auth/acme/house/events/accounts", headers: [("Test-Signature", TestIdentity.eventSecret)],
                body: body.encoded)
            let url = try #require(taken.json["url"]?.string)
            #expect(url.hasPrefix("https://hub.example.com/auth/acme/deletions/"))
            let page = try await hub.call(.GET, String(url.dropFirst(TestBrowser.origin.count)))
            #expect(page.status == 200)
            #expect(page.text.contains("Deletion of your data"))
            #expect(try await hub.call(.GET, "/auth/acme/deletions/nothing").status == 404)
        }
    }

    @Test func `a service is connected, tested and disconnected by who may`() async throws {
        try await withPeople { hub in
            let owner = try await hub.person("ada")
            #expect(try await owner.get("/account/acme/services").text.contains("not connected"))
            let start = try await owner.submit("/connect/acme/drive/start")
            #expect(start.headers["location"].first?.hasPrefix("https://service.example.com/authorize?") == true)
            let state = try #require(start.locationQuery["state"])
            #expect(start.locationQuery["redirect_uri"] == "https://hub.example.com/connect/acme/drive/callback")
            let back = try await owner.get("/connect/acme/drive/callback?code=code-of-folder&state=\(state)")
            #expect(back.headers["location"] == ["/account/acme/services?notice=connected"])
            #expect(try await owner.get("/account/acme/services").text.contains("folder@example.com"))
            let tested = try await owner.submit("/account/acme/services/drive/test")
            #expect(tested.headers["location"] == ["/account/acme/services?notice=test-passed"])
            #expect(try await owner.get("/account/acme/services").text.contains("It knows folder."))
            let agent = try await hub.person("carol", role: .agent)
            #expect(try await agent.submit("/connect/acme/drive/start").status == 403)
            #expect(try await owner.submit("/account/acme/services/drive/disconnect").status == 303)
            #expect(try await owner.get("/account/acme/services").text.contains("not connected"))
            #expect(try await owner.submit("/connect/acme/archive/start").status == 404)
        }
    }

    // MARK: Ids

    private func id(of name: String, _ hub: RunningHub) async throws -> String {
        let people = try #require(try await hub.tenant("acme").store.people(after: nil, limit: 100)).elements
        return try #require(people.first { $0.name == name }).id
    }

    private func path(of name: String, _ hub: RunningHub) async throws -> String {
        "/account/acme/people/\(try await id(of: name, hub))"
    }

    private func identities(of name: String, _ hub: RunningHub) async throws -> [String] {
        try await hub.tenant("acme").store.identities(of: try await id(of: name, hub)).map(\.id)
    }
}
