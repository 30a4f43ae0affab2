import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct GoogleAuthorizationTests {
    @Test func `the consent page names provider, client and people, and needs no script`() async throws {
        try await withSandbox { sandbox in
            let page = try await GoogleVisit(sandbox: sandbox).authorize()
            #expect(page.status == 200)
            #expect(page.text.contains("<h1>Sign in with Google</h1>"))
            #expect(page.text.contains(#"<input type="radio" name="person" id="person-ada" value="ada" checked"#))
            #expect(page.text.contains(#"<button id="deny" name="decision" value="deny">"#))
            #expect(page.text.contains("color-scheme: light dark"))
            #expect(!page.text.contains("<script"))
            #expect(page.headers["content-security-policy"]?.contains("default-src 'none'") == true)
        }
    }

    @Test func `whoever allows goes back with code, state and issuer`() async throws {
        try await withSandbox { sandbox in
            let page = try await GoogleVisit(sandbox: sandbox).authorize()
            let id = try #require(page.input("request"))
            let fields = [("request", id), ("person", "ada"), ("decision", "allow")]
            let answer = try await sandbox.submit("/google/consent", fields)
            #expect(answer.status == 302)
            #expect(answer.location?.hasPrefix(GoogleVisit.callback + "?") == true)
            #expect(answer.callback["state"] == GoogleVisit.state)
            #expect(answer.callback["iss"] == "https://accounts.google.com")
            #expect(answer.callback["code"]?.hasPrefix("4/0A") == true)
            // A page is answered once.
            #expect(try await sandbox.submit("/google/consent", fields).status == 400)
        }
    }

    @Test func `whoever cancels goes back with access_denied and no code`() async throws {
        try await withSandbox { sandbox in
            let page = try await GoogleVisit(sandbox: sandbox).authorize()
            let id = try #require(page.input("request"))
            let answer = try await sandbox.submit(
                "/google/consent", [("request", id), ("person", "ada"), ("decision", "deny")])
            #expect(answer.callback["error"] == "access_denied")
            #expect(answer.callback["state"] == GoogleVisit.state)
            #expect(answer.callback["code"] == nil)
        }
    }

    @Test(
        arguments: [
            (["client_id": "unknown"], "invalid_client"), (["client_id": nil], "invalid_request"),
            (["redirect_uri": GoogleVisit.callback + "/"], "redirect_uri_mismatch"),
            (["redirect_uri": GoogleVisit.callback + "?a=b"], "redirect_uri_mismatch"),
            (["redirect_uri": "HTTP://127.0.0.1:8080/auth/acme/google/callback"], "redirect_uri_mismatch"),
            (["response_type": "token"], "unsupported_response_type"), (["scope": nil], "invalid_request"),
            (["scope": "openid bork"], "invalid_scope"), (["code_challenge_method": "S512"], "invalid_request"),
            (["code_challenge": "short"], "invalid_request"), (["code_challenge": nil], "invalid_request"),
            (["access_type": "sometimes"], "invalid_request"), (["prompt": "none consent"], "invalid_request"),
        ] as [([String: String?], String)])
    func `a wrong request is refused on a page and sends nobody back`(
        change: [String: String?], code: String
    ) async throws {
        try await withSandbox { sandbox in
            let page = try await GoogleVisit(sandbox: sandbox).authorize(change)
            #expect(page.status == (code == "invalid_client" ? 401 : 400))
            #expect(page.location == nil)
            #expect(page.text.contains("<code>\(code)</code>"))
        }
    }

    @Test func `a parameter that comes twice is refused`() async throws {
        try await withSandbox { sandbox in
            let fields = GoogleVisit.parameters.compactMap { name, value in
                value.map { FormFields.Field(name: name, value: $0) }
            }
            let doubled = FormFields(fields + [.init(name: "state", value: "b")])
            let page = try await sandbox.page(.get, "/google/o/oauth2/v2/auth?\(doubled.encoded)")
            #expect(page.status == 400)
        }
    }

    @Test func `what a request says is escaped on the page`() async throws {
        try await withSandbox { sandbox in
            let page = try await GoogleVisit(sandbox: sandbox).authorize(["hd": "<script>alert(1)</script>"])
            #expect(page.text.contains("account of &lt;script&gt;alert(1)&lt;/script&gt;."))
            let refusal = try await GoogleVisit(sandbox: sandbox).authorize(["redirect_uri": "\"><script>"])
            #expect(!refusal.text.contains("<script>"))
        }
    }

    @Test func `hd and login_hint choose a person and shut nobody out`() async throws {
        try await withSandbox { sandbox in
            let visit = GoogleVisit(sandbox: sandbox)
            #expect(try await visit.authorize(["hd": "globex.example"]).text.contains(#"value="alan" checked"#))
            let hinted = try await visit.authorize(["login_hint": "grace.hopper@gmail.com"])
            #expect(hinted.text.contains(#"value="grace" checked"#))
            #expect(hinted.text.contains(#"value="ada""#))
        }
    }

    @Test func `prompt none shows no page`() async throws {
        try await withSandbox { sandbox in
            let answer = try await GoogleVisit(sandbox: sandbox).authorize(["prompt": "none"])
            #expect(answer.callback["error"] == "interaction_required")
        }
    }

    @Test func `scopes beyond sign-in can be left out, and the reply says so`() async throws {
        try await withSandbox { sandbox in
            let visit = GoogleVisit(sandbox: sandbox)
            let page = try await visit.authorize(["scope": "openid \(GoogleScopes.driveFile)"])
            #expect(page.text.contains(#"value="openid" checked disabled"#))
            let id = try #require(page.input("request"))
            let answer = try await sandbox.submit(
                "/google/consent", [("request", id), ("person", "ada"), ("decision", "allow")])
            #expect(answer.callback["scope"] == "openid")
        }
    }

    @Test func `registered addresses can be added`() async throws {
        try await withSandbox { sandbox in
            let address = "http://127.0.0.1:9999/auth/acme/google/callback"
            let visit = GoogleVisit(sandbox: sandbox)
            #expect(try await visit.authorize(["redirect_uri": address]).status == 400)
            let added = try await sandbox.call(
                .post, "/_sandbox/google/clients", ["id": JSON(GoogleVisit.client), "redirect_uris": [JSON(address)]])
            #expect(added.json["redirect_uris"]?.elements?.count == 3)
            #expect(try await visit.authorize(["redirect_uri": address]).status == 200)
            _ = try await sandbox.call(.post, "/_sandbox/reset")
            #expect(try await visit.authorize(["redirect_uri": address]).status == 400)
        }
    }

    @Test(arguments: [
        ("state_doubled", "state", 2), ("code_doubled", "code", 2), ("iss_doubled", "iss", 2),
        ("state_missing", "state", 0), ("code_missing", "code", 0), ("iss_missing", "iss", 0),
        ("error_and_code", "error", 1), ("error_and_code", "code", 1), ("error", "code", 0),
    ])
    func `a callback fault counts for one callback`(fault: String, name: String, count: Int) async throws {
        try await withSandbox { sandbox in
            try await sandbox.consent("google")
            try await sandbox.setFaults(of: "google", .object([.init(name: fault, value: ["next": 1])]))
            let visit = GoogleVisit(sandbox: sandbox)
            #expect(try await visit.authorize().callback.all(name).count == count)
            #expect(try await visit.authorize().callback.all(name).count == (name == "error" ? 0 : 1))
        }
    }

    @Test func `a wrong state, a wrong issuer, HTML and another method come when asked for`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.consent("google")
            let visit = GoogleVisit(sandbox: sandbox)
            try await sandbox.setFaults(of: "google", ["state_wrong": true, "iss_wrong": "https://a.example"])
            let wrong = try await visit.authorize().callback
            #expect(wrong["state"] != GoogleVisit.state)
            #expect(wrong["iss"] == "https://a.example")
            try await sandbox.setFaults(of: "google", ["error_html": true])
            #expect(try await visit.authorize().callback["error_description"] == CallbackFaults.html)
            try await sandbox.setFaults(of: "google", ["callback_method": "form_post"])
            let page = try await visit.authorize()
            #expect(page.status == 200)
            #expect(page.input("state") == GoogleVisit.state)
        }
    }
}
