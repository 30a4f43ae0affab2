import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct AppleAuthorizationTests {
    @Test func `the answer is a page that posts itself, and has a button for where it cannot`() async throws {
        try await withSandbox { sandbox in
            let visit = try await AppleVisit(sandbox: sandbox)
            let page = try await visit.authorize()
            #expect(page.text.contains("<h1>Sign in with Apple</h1>"))
            #expect(page.text.contains(#"name="email" id="email-hide" value="hide""#))
            let id = try #require(page.input("request"))
            let back = try await sandbox.submit(
                "/apple/consent", [("request", id), ("person", "ada"), ("decision", "allow"), ("email", "usual")])
            #expect(back.status == 200)
            #expect(back.text.contains(#"<form id="callback" method="post" action="\#(AppleVisit.callback)">"#))
            #expect(back.text.contains(#"<button class="main" id="continue">Continue</button>"#))
            #expect(back.text.contains("document.getElementById('callback').submit()"))
            #expect(back.headers["content-security-policy"]?.contains("script-src 'sha256-") == true)
            // With no-referrer a browser would name no origin with the post.
            #expect(back.headers["referrer-policy"] == "origin")
            #expect(back.input("state") == AppleVisit.state)
            #expect(back.input("code")?.hasPrefix("c") == true)
        }
    }

    @Test func `user comes with the first authorisation only, until that is forgotten`() async throws {
        try await withSandbox { sandbox in
            let visit = try await AppleVisit(sandbox: sandbox)
            let user = #"{&quot;name&quot;:{&quot;firstName&quot;:&quot;Ada&quot;,&quot;lastName&quot;:&quot;Lovelace"#
            #expect(try await visit.consent().text.contains(user))
            #expect(try await visit.consent().input("user") == nil)
            _ = try await sandbox.call(.post, "/_sandbox/apple/forget", ["person": "ada"])
            #expect(try await visit.consent().text.contains(user))
        }
    }

    @Test func `whoever cancels goes back with an error in the form`() async throws {
        try await withSandbox { sandbox in
            let visit = try await AppleVisit(sandbox: sandbox)
            try await sandbox.consent("apple", "ada", ["decision": "deny"])
            let page = try await visit.authorize()
            #expect(page.input("error") == "user_cancelled_authorize")
            #expect(page.input("state") == AppleVisit.state)
            #expect(page.input("code") == nil)
        }
    }

    @Test func `without scopes the answer may be a redirect`() async throws {
        try await withSandbox { sandbox in
            let visit = try await AppleVisit(sandbox: sandbox)
            let back = try await visit.consent("ada", ["scope": nil, "response_mode": "query"])
            #expect(back.status == 302)
            #expect(back.callback["code"] != nil)
            #expect(back.callback["user"] == nil)
        }
    }

    @Test func `an id token that comes with the code is tied to it`() async throws {
        try await withSandbox { sandbox in
            let visit = try await AppleVisit(sandbox: sandbox)
            let page = try await visit.consent("ada", ["response_type": "code id_token"])
            let token = try #require(page.input("id_token"))
            let claims = try await visit.reader(.null).read(token)
            #expect(claims["c_hash"]?.text == IDTokenClaims.hash(of: try #require(page.input("code"))))
        }
    }

    @Test(
        arguments: [
            (["client_id": "unknown"], "invalid_client"), (["redirect_uri": "http://127.0.0.1/"], "invalid_request"),
            (["response_type": "token"], "unsupported_response_type"), (["scope": "name phone"], "invalid_scope"),
            (["response_mode": "query"], "invalid_request"), (["response_mode": nil], "invalid_request"),
            (["response_mode": "carrier_pigeon"], "invalid_request"),
            (["response_type": "code id_token", "scope": nil, "response_mode": "query"], "invalid_request"),
        ] as [([String: String?], String)])
    func `a wrong request is refused on a page`(change: [String: String?], code: String) async throws {
        try await withSandbox { sandbox in
            let page = try await AppleVisit(sandbox: sandbox).authorize(change)
            #expect(page.status == 400)
            #expect(page.text.contains("<code>\(code)</code>"))
        }
    }

    @Test func `user can be a lie, HTML, huge, no JSON, or missing`() async throws {
        try await withSandbox { sandbox in
            let visit = try await AppleVisit(sandbox: sandbox)
            func user(_ faults: JSON) async throws -> String? {
                _ = try await sandbox.call(.post, "/_sandbox/apple/forget")
                try await sandbox.setFaults(of: "apple", faults)
                return try await visit.consent("grace").input("user")
            }
            #expect(try await user(["user_email": true])?.contains("ada@acme.example") == true)
            #expect(try await user(["user_html": true])?.contains("&lt;script&gt;") == true)
            #expect((try await user(["user_huge": 1_000_000])?.count ?? 0) > 1_000_000)
            #expect(try await user(["user_raw": "{"]) == "{")
            #expect(try await user(["user_missing": true]) == nil)
        }
    }
}
