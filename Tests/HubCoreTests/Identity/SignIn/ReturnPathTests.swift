import AdapterKit
import Testing

@testable import HubCore

@Suite("Where somebody goes after a sign-in")
struct ReturnPathTests {
    @Test(
        "row 53: anything but a page of the tenant is the default",
        arguments: [
            "https://evil.example", "//evil.example", "/\\evil.example", "https:evil.example", "%2f%2fevil.example",
            "javascript:alert(1)", "https://acme@evil.example", "\thttps://evil.example", "/account/acme\r\nX: y",
            "/account/acme/../globex", "/account/acme//evil.example", "/account/globex", "/account/acmeevil", "",
            "/account/acme/%2e%2e/globex", "/account/acme?next=//evil.example", "/account/acme#x",
            "/account/acme/" + String(repeating: "a", count: 600),
        ])
    func hostile(_ path: String) { #expect(ReturnPath.checked(path, tenant: "acme") == "/account/acme") }

    @Test(
        "a page of the tenant is what it says",
        arguments: ["/account/acme", "/account/acme/people", "/account/acme/people/p_1-2"])
    func good(_ path: String) { #expect(ReturnPath.checked(path, tenant: "acme") == path) }

    @Test("row 55: the origin comes from the configuration, and without https only on this machine")
    func origin() {
        let listen = ListenAddress(host: "127.0.0.1", port: 8080)
        #expect(PublicOrigin(publicURL: nil, listen: listen)?.url == "http://127.0.0.1:8080")
        #expect(PublicOrigin(publicURL: nil, listen: ListenAddress(host: "0.0.0.0", port: 8080)) == nil)
        #expect(PublicOrigin(publicURL: nil, listen: ListenAddress(host: "127.0.0.1", port: 0)) == nil)
        #expect(PublicOrigin(publicURL: "https://hub.example", listen: listen)?.isSecure == true)
        #expect(PublicOrigin(publicURL: "http://localhost:8080", listen: listen)?.isSecure == false)
        for url in ["http://hub.example", "http://127.0.0.1.evil.example", "http://localhost.evil.example"] {
            #expect(PublicOrigin(publicURL: url, listen: listen) == nil, "\(url)")
        }
    }

    @Test("row 74: a megabyte in one parameter of a posted answer costs the others nothing")
    func row074() {
        let user = String(repeating: "%7B", count: 400_000)
        #expect(CallbackParameters.shortened("code=c&user=\(user)&state=s") == "code=c&state=s")
        let usual = "state=s&code=c&user=%7B%22name%22%3A%7B%7D%7D"
        #expect(CallbackParameters.shortened(usual) == usual)
        let wide = "state=s" + String(repeating: "&a=\(String(repeating: "x", count: 1000))", count: 200)
        #expect(CallbackParameters.shortened(wide) == wide)
    }

    @Test("rows 38, 49 and 50: of a callback's parameters each counts once, and an error before all")
    func callback() {
        #expect(CallbackParameters("code=1&state=s").state == Secret("s"))
        #expect(CallbackParameters("code=1").state == nil)
        let doubledState = CallbackParameters("code=1&state=a&state=b")
        #expect(doubledState.state == nil && doubledState.fault?.reason == .doubledParameter)
        let doubledCode = CallbackParameters("code=1&code=2&state=s")
        #expect(doubledCode.state == Secret("s") && doubledCode.fault?.reason == .doubledParameter)
        #expect(CallbackParameters("error=access_denied&code=1&state=s").refusal?.reason == .cancelled)
        #expect(CallbackParameters("error=%3Cscript%3E&state=s").refusal?.reason == .providerRefused)
        for raw in ["state=%", "state=%zz", "state=%ff", "code=%C0%80&state=s"] {
            #expect(CallbackParameters(raw).fault?.reason == .malformedCallback, "\(raw)")
        }
    }
}
