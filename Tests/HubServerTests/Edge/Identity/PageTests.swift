import AdapterKit
import HubCore
import HubStore
import NIOHTTP1
import Testing

@testable import HubServer

/// The pages as they are served.
@Suite(.timeLimit(.minutes(2)))
struct PageTests {
    @Test func `49, 74: a name with markup is text on every page`() async throws {
        try await withPeople { hub in
            let owner = try await hub.person("ada")
            let browser = try await hub.person("mallory", role: .admin)
            _ = try await owner.submit(
                "/account/acme/invitations",
                [("name", "<img src=x onerror=alert(3)>"), ("email", "<b>@example.com"), ("role", "viewer")])
            _ = try await owner.submit(
                "/account/acme/keys", [("name", "\"><svg onload=alert(4)>"), ("scope", "messages.read")])
            for path in ["/account/acme", "/account/acme/people", "/account/acme/keys", "/account/acme/audit"] {
                for viewer in [browser, owner] {
                    let page = try await viewer.get(path)
                    #expect(page.status == 200)
                    for raw in ["<script", "<img", "<svg onload", "<b>", "\"\u{301}"] {
                        #expect(!page.text.unicodeScalars.contains(raw.unicodeScalars), "\(path) \(raw)")
                    }
                }
            }
            #expect(try await owner.get("/account/acme/people").text.contains("&lt;script&gt;"))
            #expect(try await owner.get("/account/acme/people").text.contains("&lt;img src=x"))
        }
    }

    @Test func `every template is one, and escapes by itself`() {
        #expect(PageTemplates.names == Set(PageTemplates.sources.keys))
        let hostile = "<\"\u{301}'&>\u{202E}\u{0}"
        #expect(MarkupText().escapeText(hostile) == "&lt;&quot;\u{301}&#39;&amp;&gt;\u{FFFD}\u{FFFD}")
        // What is put in without escaping: a page into its frame, and a mark that was checked.
        for (name, source) in PageTemplates.sources {
            let raw = String(decoding: source, as: UTF8.self).split(separator: "{{{").dropFirst()
                .map { $0.prefix { $0 != "}" } }
            #expect(
                raw.allSatisfy { (name, $0) == ("layout", "main") || (name, $0) == ("provider", "mark") }, "\(name)")
        }
    }

    @Test(arguments: [
        ##"<path d="M0 0h24v24z" fill="#fff"/>"##, #"<g fill="none"><circle cx="1" cy="2" r="3"/></g>"#, "",
    ])
    func `a mark of shapes is shown`(_ mark: String) { #expect(SVGMark.checked(mark) == mark) }

    @Test(arguments: [
        "<script>alert(1)</script>", #"<path d="" onload="x"/>"#, #"<path style="x"/>"#, "text", "<path",
        #"<image href="https://evil.example/"/>"#, #"<path fill="url(https://evil.example)"/>"#,
        #"<use href="x"/>"#, #"<path d="x"fill='y'/>"#, "<path/>text", ##"<path d="&#x61;"/>"##, "<!-- -->",
    ])
    func `a mark that is anything else is not`(_ mark: String) { #expect(SVGMark.checked(mark) == nil) }

    @Test func `nothing runs in a page, and its forms go where they have to`() async throws {
        try await withPeople { hub in
            let browser = TestBrowser(hub)
            let policy = try #require(try await browser.get("/auth/acme").headers["content-security-policy"].first)
            #expect(!policy.contains("unsafe") && !policy.contains("script-src"))
            for part in [
                "default-src 'none'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'",
                "form-action 'self' https://*.example.com https://id.example.com",
            ] {
                #expect(policy.contains(part), "\(part)")
            }
            let styles = try await browser.get("/auth/acme/buttons.css")
            #expect(styles.contentType == "text/css")
            #expect(styles.text.contains(".provider-house { background: #16425b; color: #ffffff"))
            let sheet = try await browser.get("/assets/pages.css")
            #expect(sheet.status == 200 && sheet.contentType == "text/css")
        }
    }

    @Test func `a page has what a screen reader goes by`() async throws {
        try await withPeople { hub in
            let browser = try await hub.person("ada")
            for path in ["/auth/acme", "/account/acme", "/account/acme/people", "/account/acme/keys", "/account/x"] {
                let page = try await browser.get(path).text
                for part in [
                    #"<html lang="en">"#, "<main id=\"main\"", "<h1>", "aria-live=\"polite\"", "class=\"skip\"",
                ] {
                    #expect(page.contains(part), "\(path) \(part)")
                }
                #expect(page.split(separator: "<h1>").count == 2, "\(path)")
                #expect(!page.contains("style=") && !page.contains("<style"), "\(path)")
                let inputs = page.split(separator: "<input ").dropFirst().filter { !$0.hasPrefix("type=\"hidden\"") }
                for input in inputs {
                    let id = try #require(
                        input.firstRange(of: "id=\"").map { input[$0.upperBound...].prefix { $0 != "\"" } })
                    #expect(page.contains("<label for=\"\(id)\">"), "\(id)")
                }
            }
        }
    }

    @Test func `what was written wrong is shown again, with what is wrong and where`() async throws {
        try await withPeople { hub in
            let browser = try await hub.person("ada")
            let key = try await browser.submit("/account/acme/keys", [("name", " "), ("scope", "everything")])
            #expect(key.status == 422)
            for part in ["role=\"alert\"", "href=\"#key-name\"", "href=\"#key-scopes\""] {
                #expect(key.text.contains(part))
            }
            let invitation = try await browser.submit(
                "/account/acme/invitations", [("name", "Eve"), ("email", "nowhere"), ("role", "king")])
            #expect(invitation.status == 422)
            #expect(invitation.text.contains("href=\"#invite-email\"") && invitation.text.contains("value=\"Eve\""))
            let shop = try await browser.submit(
                "/auth/acme/form/start", [("purpose", "sign_in"), ("with.shop", "evil.example/\"><b>")])
            #expect(shop.status == 422)
            #expect(shop.text.contains("href=\"#with-form-shop\"") && shop.text.contains("aria-invalid=\"true\""))
            #expect(!shop.text.contains("<b>"))
        }
    }

    @Test func `without https it works on this machine alone, and says so on every page`() async throws {
        try await withPeople {
            $0.publicURL = "http://127.0.0.1:8080"
        } _: { hub in
            let page = try await hub.call(.GET, "/auth/acme")
            #expect(page.text.contains("For trying out on this machine only: without https"))
            let cookie = try #require(page.headers["set-cookie"].first)
            #expect(cookie.hasPrefix("comfile_csrf=") && !cookie.contains("Secure"))
            #expect(page.headers["strict-transport-security"].isEmpty)
            #expect(try await hub.call(.GET, "/auth/acme/nothing/callback").text.contains("without https"))
        }
        try await withPeople { hub in
            let page = try await hub.call(.GET, "/auth/acme")
            #expect(!page.text.contains("without https"))
            #expect(page.headers["strict-transport-security"] == ["max-age=31536000"])
            let cookie = try #require(page.headers["set-cookie"].first)
            #expect(cookie.hasPrefix("__Host-comfile_csrf=") && cookie.contains("Secure"))
            #expect(cookie.contains("SameSite=Lax"))
        }
    }

    @Test(arguments: [
        ("/auth/a/b", "text/html"), ("/account", "text/html"), ("/connect/acme//start", "text/html"),
        ("/auth/acme//events/x", "application/problem+json"), ("/webhooks/a", "application/problem+json"),
        ("/nowhere", "application/problem+json"),
    ])
    func `what is not there is told in a page where people go, and in JSON elsewhere`(_ path: String, _ type: String)
        async throws
    {
        try await withPeople { hub in
            let answer = try await hub.call(.GET, path)
            #expect(answer.status == 404)
            #expect(answer.contentType == type)
        }
    }

    @Test func `without an address that browsers can be safe at, there is no sign-in`() async throws {
        try await withPeople {
            $0.publicURL = "http://hub.example.com"
        } _: { hub in
            let answer = try await hub.call(.GET, "/auth/acme")
            #expect(answer.status == 404)
        }
    }
}

extension String.UnicodeScalarView {
    /// Character by character a combining mark would hide what it follows.
    fileprivate func contains(_ other: String.UnicodeScalarView) -> Bool {
        let (all, part) = (Array(self), Array(other))
        return (0...Swift.max(0, all.count - part.count)).contains { all.dropFirst($0).starts(with: part) }
    }
}
