import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct FacebookDialogTests {
    @Test func `a person allows and comes back with a code, the state and Facebook's fragment`() async throws {
        try await withFacebook { facebook in
            let page = try await facebook.open()
            #expect(page.status == 200)
            #expect(page.text.contains("Your e-mail address"))
            let back = try await facebook.sandbox.answer(
                page, at: "/facebook/consent", person: "ada", scopes: ["email"])
            #expect(back.status == 302)
            #expect(back.location?.hasPrefix(FacebookLoginCase.redirect + "?code=AQ") == true)
            #expect(back.location?.hasSuffix("&state=s1#_=_") == true)
            let token = try await facebook.exchange(back.callback["code"] ?? "").json
            #expect(token["token_type"] == "bearer")
            #expect(token["expires_in"]?.integer == FacebookToken.shortLifetime)
            let me = try await facebook.graph(
                "me", token: token["access_token"]?.text ?? "",
                [("fields", "id,name,first_name,last_name,email,picture")])
            #expect(me.json["name"] == "Ada Lovelace")
            #expect(me.json["email"] == "ada@acme.example")
            #expect(me.json["picture"]?["data"]?["url"] != nil)
            #expect(me.headers["facebook-api-version"] == "v24.0")
        }
    }

    @Test func `a person cancels`() async throws {
        try await withFacebook { facebook in
            let fields = try await facebook.consent(decision: "deny").callback
            #expect(fields["error"] == "access_denied")
            #expect(fields["error_reason"] == "user_denied")
            #expect(fields["error_description"] == "Permissions error")
            #expect(fields["state"] == "s1")
            #expect(fields["code"] == nil)
        }
    }

    @Test(arguments: [
        "http://127.0.0.1:8080/auth/acme/facebook/callback/", "http://127.0.0.1:8080/auth/acme/facebook/callback?a=b",
        "http://127.0.0.1:8080/auth/acme/Facebook/callback", "http://evil.example/", "",
    ])
    func `only the registered address is gone back to`(redirect: String) async throws {
        try await withFacebook { facebook in
            let page = try await facebook.open(redirect: redirect)
            #expect(page.status == 400)
            #expect(page.location == nil)
            #expect(page.text.contains("URL Blocked"))
        }
    }

    @Test func `an unknown app and an unknown permission are told to nobody else`() async throws {
        try await withFacebook { facebook in
            let app = try await facebook.sandbox.visit(
                FacebookLoginCase.dialog, [("client_id", "1"), ("redirect_uri", FacebookLoginCase.redirect)])
            #expect(app.status == 400 && app.text.contains("Invalid App ID"))
            let scope = try await facebook.open(scope: "email publish_actions")
            #expect(scope.status == 400 && scope.text.contains("publish_actions"))
        }
    }

    @Test func `an e-mail address that was declined is not given, nor asked for again unless the app says so`()
        async throws
    {
        try await withFacebook { facebook in
            let scopes = [("return_scopes", "true")]
            let declined = try await facebook.consent(scopes: [], scopes).callback
            #expect(declined["granted_scopes"] == "public_profile")
            #expect(declined["denied_scopes"] == "email")
            let again = try await facebook.consent(scopes: ["email"], scopes).callback
            #expect(again["denied_scopes"] == "email")
            let token = try await facebook.exchange(again["code"] ?? "").json["access_token"]?.text ?? ""
            let me = try await facebook.graph("me", token: token, [("fields", "id,email")])
            #expect(me.status == 200 && me.json["email"] == nil)
            let asked = try await facebook.consent(scopes: ["email"], scopes + [("auth_type", "rerequest")]).callback
            #expect(asked["granted_scopes"] == "public_profile,email")
            let now = try await facebook.graph("me", token: token, [("fields", "id,email")])
            #expect(now.json["email"] == "ada@acme.example")
        }
    }

    @Test func `who has no address at Facebook gives none`() async throws {
        try await withFacebook { facebook in
            let token = try await facebook.token("alan")
            let me = try await facebook.graph("me", token: token, [("fields", "id,name,email")])
            #expect(me.json["name"] == "Alan Turing")
            #expect(me.json["email"] == nil)
            #expect(try await facebook.debug(token)["scopes"] == ["email", "public_profile"])
        }
    }

    @Test func `a page is answered once`() async throws {
        try await withFacebook { facebook in
            let page = try await facebook.open()
            let first = try await facebook.sandbox.answer(page, at: "/facebook/consent", person: "ada")
            #expect(first.status == 302)
            let second = try await facebook.sandbox.answer(page, at: "/facebook/consent", person: "ada")
            #expect(second.status == 400)
        }
    }

    @Test func `the way back can be spoilt`() async throws {
        try await withFacebook { facebook in
            try await facebook.setFaults(["state_wrong": ["next": 1], "code_doubled": ["next": 1]])
            let spoilt = try await facebook.consent().callback
            #expect(spoilt["state"] != "s1")
            #expect(spoilt.all("code").count == 2)
            #expect(try await facebook.consent().callback["state"] == "s1")
        }
    }
}
