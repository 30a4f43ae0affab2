import AdapterKit
import HubCore
import HubStore
import NIOHTTP1
import Testing

/// What the edge decides of a sign-in: cookies, forms, addresses. The numbers are those of the catalogue of hostile cases.
@Suite(.timeLimit(.minutes(2)))
struct SignInEdgeTests {
    @Test func `somebody who is invited gets in, and the session is a cookie that scripts and other sites cannot have`()
        async throws
    {
        try await withPeople { hub in
            let browser = TestBrowser(hub)
            try await browser.join(as: "ada")
            let token = try #require(browser.session())
            #expect(token.count == 43)
            let account = try await browser.get("/account/acme")
            #expect(account.status == 200)
            #expect(account.text.contains("ada@example.com"))
            let again = try await browser.signIn(as: "ada")
            let cookie = try #require(again.headers["set-cookie"].first { $0.hasPrefix("__Host-comfile-acme=") })
            let parts = Set(cookie.split(separator: ";").dropFirst().map { $0.trimmingPrefix(while: { $0 == " " }) })
            #expect(parts.isSuperset(of: ["Path=/", "HttpOnly", "SameSite=Lax", "Secure"]))
            #expect(!cookie.lowercased().contains("domain"))
            #expect(browser.session() != token, "a sign-in makes a new session")
            let old = TestBrowser(hub)
            old.keep("__Host-comfile-acme", token)
            #expect(try await old.get("/account/acme").status == 303, "the session that it replaces has ended")
        }
    }

    @Test func `nobody gets in uninvited`() async throws {
        try await withPeople { hub in
            let browser = TestBrowser(hub)
            let answer = try await browser.signIn(as: "mallory")
            #expect(answer.status == 403)
            #expect(answer.text.contains("You are not one of the people here"))
            #expect(browser.session() == nil)
            #expect(try await hub.audit().first == "sign_in.refused not_invited")
        }
    }

    @Test func `45: a sign-in starts by a form of our own page, never by an address or from another site`() async throws
    {
        try await withPeople { hub in
            let browser = TestBrowser(hub)
            let got = try await browser.get("/auth/acme/house/start")
            #expect(got.status == 405)
            #expect(got.headers["allow"] == ["POST"])
            let fields = [("purpose", "sign_in")]
            let start = "/auth/acme/house/start"
            for headers in [
                [("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site")],
                [("Origin", "https://hub.example.com.evil.example")], [("Origin", "http://hub.example.com")],
                [("Origin", "https://hub.example.com"), ("Sec-Fetch-Site", "same-site")],
                [("Origin", "null")], [("Sec-Fetch-Site", "none")], [("Sec-Fetch-Site", "cross-site")], [],
            ] {
                let answer = try await browser.submit(start, fields, headers: headers)
                #expect(answer.status == 403, "\(headers)")
            }
            for proof in ["", "x", String(repeating: "A", count: 43)] {
                #expect(try await browser.submit(start, fields, proof: proof).status == 403)
            }
            let bare = TestBrowser(hub)
            _ = try await bare.get("/auth/acme")
            let proof = try #require(bare.cookies["__Host-comfile_csrf"])
            bare.keep("__Host-comfile_csrf", nil)
            bare.keep("__Host-comfile_csrf", "")
            #expect(try await bare.submit(start, fields, proof: proof).status == 403, "without its cookie")
            for headers in [TestBrowser.ownForm, [("Origin", TestBrowser.origin)]] {
                #expect(try await browser.submit(start, fields, headers: headers).status == 303, "\(headers)")
            }
            #expect(hub.provider.exchanges.isEmpty)
        }
    }

    @Test func `49: an error of the provider wins over its code, and its words reach no page`() async throws {
        try await withPeople { hub in
            let browser = TestBrowser(hub)
            for (error, status) in [("access_denied", 303), ("server_error", 400)] {
                let state = try #require(try await browser.start()["state"])
                let answer = try await browser.get(
                    "/auth/acme/house/callback?state=\(state)&code=code-of-ada&error=\(error)"
                        + "&error_description=%3Cscript%3Ealert(1)%3C%2Fscript%3E%0D%0ASet-Cookie:x")
                #expect(answer.status == status)
                #expect(!answer.text.contains("script") && !answer.text.contains("alert"))
                if status == 303 { #expect(answer.headers["location"] == ["/auth/acme?notice=cancelled"]) }
                let again = try await browser.comeBack(state, as: "ada")
                #expect(again.status == 400, "it is spent")
            }
            let page = try await browser.get("/auth/acme?notice=cancelled")
            #expect(page.text.contains("You cancelled at the provider"))
            let own = try await browser.get("/auth/acme?notice=%3Cscript%3E1%3C/script%3E")
            #expect(own.status == 200 && !own.text.contains("script"))
            #expect(hub.provider.exchanges.isEmpty)
        }
    }

    @Test func `50: a parameter that is there twice refuses the callback and spends it`() async throws {
        try await withPeople { hub in
            let browser = TestBrowser(hub)
            for query in ["code=code-of-ada&code=code-of-eve&state=STATE", "code=code-of-ada&state=STATE&state=STATE"] {
                let state = try #require(try await browser.start()["state"])
                let answer = try await browser.get(
                    "/auth/acme/house/callback?\(query.replacing("STATE", with: state))")
                #expect(answer.status == 400, "\(query)")
                #expect(browser.session() == nil)
            }
            #expect(hub.provider.exchanges.isEmpty)
        }
    }

    @Test func `51: an answer by the wrong method is refused`() async throws {
        try await withPeople { hub in
            let browser = TestBrowser(hub)
            // A form where queries are expected: it is relayed, and then refused.
            let state = try #require(try await browser.start()["state"])
            let relayed = try await browser.submitFromElsewhere(
                "/auth/acme/house/callback", [("code", "code-of-ada"), ("state", state)])
            #expect(relayed.status == 303)
            let next = try #require(relayed.headers["location"].first)
            #expect(next.hasPrefix("/auth/acme/house/callback?relay="))
            #expect(!next.contains("code-of-ada") && !next.contains(state))
            #expect(try await browser.get(next).status == 400)
            // A query where forms are expected.
            let other = try await browser.start("form", [("with.shop", "my.example.com")])
            let got = try await browser.comeBack(try #require(other["state"]), as: "ada", "form")
            #expect(got.status == 400)
            // JSON is no form at all.
            for path in ["/auth/acme/house/callback", "/auth/acme/form/callback"] {
                let json = try await hub.call(.POST, path, body: Array(#"{"code":"code-of-ada"}"#.utf8))
                #expect(json.status == 400)
                #expect(json.text.contains("not a form"))
            }
            #expect(hub.provider.exchanges.isEmpty)
            #expect(browser.session() == nil)
        }
    }

    @Test func `52: a form from the provider's site is taken where the cookies arrive, once`() async throws {
        try await withPeople { hub in
            let browser = try await hub.person("ada")
            let request = try await browser.start("form", [("with.shop", "my.example.com"), ("purpose", "link")])
            let state = try #require(request["state"])
            #expect(request["response_mode"] == "form_post")
            let relayed = try await browser.submitFromElsewhere(
                "/auth/acme/form/callback", [("code", "code-of-ada-at-shop"), ("state", state)])
            #expect(relayed.status == 303)
            let next = try #require(relayed.headers["location"].first)
            // Whoever else has the address of the relay has nothing.
            #expect(
                try await TestBrowser(hub).get("/auth/globex/lodge/callback?" + next.split(separator: "?")[1]).status
                    == 400)
            let linked = try await browser.get(next)
            #expect(linked.headers["location"] == ["/account/acme?notice=linked"])
            #expect(try await browser.get(next).status == 400, "a relay works once")
            #expect(try await browser.get("/account/acme").text.contains("ada-at-shop@example.com"))
            // And a cancellation ends cleanly.
            let another = try await browser.start("form", [("with.shop", "my.example.com"), ("purpose", "link")])
            let cancelled = try await browser.submitFromElsewhere(
                "/auth/acme/form/callback",
                [("error", "user_cancelled_authorize"), ("state", try #require(another["state"]))])
            let end = try await browser.get(try #require(cancelled.headers["location"].first))
            #expect(end.headers["location"] == ["/account/acme?notice=cancelled"])
        }
    }

    @Test(arguments: [
        "https://evil.example/", "//evil.example", "/\\evil.example", "https:evil.example", "%2f%2fevil.example",
        "javascript:alert(1)", "/account/acme@evil.example", "/account/acme/../../evil", "/account/acme//evil",
        "/account/globex", "/account/acmeevil", "\t/account/acme", "/account/acme\r\nSet-Cookie: x=1",
        "https://hub.example.com@evil.example", "",
    ])
    func `53: where to go afterwards is a page of the tenant, or the default`(_ target: String) async throws {
        try await withPeople { hub in
            _ = try await hub.person("ada")
            let browser = TestBrowser(hub)
            let answer = try await browser.signIn(as: "ada", [("return_to", target)])
            #expect(answer.status == 303)
            #expect(answer.headers["location"] == ["/account/acme"])
            let good = try await browser.signIn(as: "ada", [("return_to", "/account/acme/keys")])
            #expect(good.headers["location"] == ["/account/acme/keys"])
        }
    }

    @Test func `54, 55: the address to come back to is the configuration's, whatever a request says`() async throws {
        try await withPeople { hub in
            let browser = TestBrowser(hub)
            let hostile = [
                ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "http"), ("X-Forwarded-Port", "81"),
                ("Forwarded", "host=evil.example;proto=http"), ("X-Original-Host", "evil.example"),
            ]
            let answer = try await browser.submit(
                "/auth/acme/house/start", [("purpose", "sign_in"), ("redirect_uri", "https://evil.example/")],
                headers: TestBrowser.ownForm + hostile)
            #expect(answer.locationQuery["redirect_uri"] == "https://hub.example.com/auth/acme/house/callback")
            #expect(!(answer.headers["location"].first ?? "").contains("evil"))
            let page = try await browser.get("/auth/acme", headers: hostile)
            #expect(!page.text.contains("evil"))
            for path in [
                "/auth/acme/house/../house/start", "/auth/acme/%2e%2e/house/start", "/auth/acme/House/start",
                "/auth/acme/house%2f/start", "/auth/acme/house/start/x",
            ] {
                let other = try await browser.submit(path, [("purpose", "sign_in")])
                #expect(other.status == 404, "\(path)")
            }
            let raw = try await hub.raw(
                "GET /auth/acme HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
            #expect(raw.hasPrefix("HTTP/1.1 200") && !raw.contains("evil.example"))
        }
    }

    @Test
    func `56: neither code nor state nor session nor link is in a line of the log, and no page says where it was`()
        async throws
    {
        try await withPeople { hub in
            let link = try await hub.invitation()
            let token = try #require(link.split(separator: "=").last.map(String.init))
            let browser = TestBrowser(hub)
            _ = try await browser.get("/auth/acme/invitations?token=\(token)")
            _ = try await browser.submit("/auth/acme/invitations", [("token", token)])
            let state = try #require(try await browser.start()["state"])
            let answer = try await browser.comeBack(state, as: "ada-canary")
            #expect(answer.headers["referrer-policy"] == ["no-referrer"])
            #expect(answer.status == 303)
            _ = try await browser.comeBack(state, as: "ada-canary")
            let session = try #require(browser.session())
            let proof = try #require(browser.cookies["__Host-comfile_csrf"])
            let lines = hub.log.lines.joined(separator: "\n")
            #expect(lines.contains("/auth/{tenant}/{connection}/callback"))
            for secret in [token, state, session, proof, "ada-canary"] { #expect(!lines.contains(secret)) }
        }
    }

    @Test(arguments: [
        "code=%ZZ&state=x", "code=%&state=x", "code=%f&state=x", "%=1&state=x", "code=%ff%fe&state=x",
        "state=%00", "=", "&&&", "", "state", "relay=x", "relay=%ZZ", "code=1", "a[]=1&a[]=2&state=x",
    ])
    func `61: what is malformed is 400`(_ query: String) async throws {
        try await withPeople { hub in
            for path in ["/auth/acme/house/callback", "/auth/acme/form/callback", "/connect/acme/drive/callback"] {
                let answer = try await hub.call(.GET, "\(path)?\(query)")
                #expect(answer.status == 400, "\(path)")
                #expect(answer.contentType == "text/html")
            }
            let long = try await hub.call(
                .GET, "/auth/acme/house/callback?state=\(String(repeating: "a", count: 12_000))")
            #expect((400..<500).contains(long.status))
            for body in [query, String(repeating: "a", count: 70_000)] {
                let posted = try await hub.call(
                    .POST, "/auth/acme/form/callback",
                    headers: [("Content-Type", "application/x-www-form-urlencoded")], body: Array(body.utf8))
                let next = posted.headers["location"].first
                let end = if let next { try await hub.call(.GET, next).status } else { posted.status }
                #expect((400..<500).contains(end))
            }
        }
    }

    @Test func `85: a callback without the cookie of its start is refused, and so is one with another's`() async throws
    {
        try await withPeople { hub in
            _ = try await hub.person("ada")
            let mine = TestBrowser(hub)
            let mineState = try #require(try await mine.start()["state"])
            let victim = TestBrowser(hub)
            #expect(try await victim.comeBack(mineState, as: "ada").status == 400)
            #expect(victim.session() == nil)
            let again = try #require(try await mine.start()["state"])
            _ = try await victim.start()
            let other = try await victim.comeBack(again, as: "ada")
            #expect(other.status == 400)
            #expect(victim.session() == nil)
            #expect(try await mine.comeBack(again, as: "ada").status == 400, "it is spent")
            #expect(hub.provider.exchanges.count == 1, "the sign-in at the start, and none since")
        }
    }

    @Test func `42: two tabs both work, and a browser has few sign-ins open`() async throws {
        try await withPeople { hub in
            _ = try await hub.person("ada")
            let browser = TestBrowser(hub)
            let first = try #require(try await browser.start()["state"])
            let second = try #require(try await browser.start()["state"])
            #expect(try await browser.comeBack(first, as: "ada").status == 303)
            #expect(try await browser.comeBack(second, as: "ada").status == 303)
            for _ in 0..<20 { _ = try await browser.start() }
            #expect(browser.cookies.keys.count { $0.hasPrefix("__Host-comfile_tx-") } == 8)
        }
    }
}
