import AdapterKit
import CryptoExtras
import Testing

@testable import HubCore

@Suite("The keys of a provider")
struct KeySetTests {
    private let clock = MovingClock()
    private static let address = "https://issuer.example/keys"

    private func verify(_ text: String, _ keys: KeySets) async -> SignInRefusal.Reason? {
        await refusal {
            let token = try SignedToken(text, as: .identity, algorithms: [.rs256])
            try await keys.verify(token, keysAt: Self.address)
        }
    }

    private static func header(_ id: String?) -> String {
        id.map { #"{"alg":"RS256","kid":"\#($0)"}"# } ?? #"{"alg":"RS256"}"#
    }

    @Test("row 23: without a key id the only key that fits is taken")
    func row023() async throws {
        let server = KeyServer(keys: [try TokenMint.jwk(), TokenMint.ellipticJWK()])
        let keys = KeySets(http: server, clock: clock)
        #expect(await verify(try TokenMint.token(header: Self.header(nil)), keys) == nil)
    }

    @Test("row 24: without a key id and with two keys that fit there is no guessing")
    func row024() async throws {
        let server = KeyServer(keys: [
            try TokenMint.jwk(), try TokenMint.jwk(TokenMint.otherRSA, ["kid": "rsa-2"]),
        ])
        let keys = KeySets(http: server, clock: clock)
        #expect(await verify(try TokenMint.token(header: Self.header(nil)), keys) == .keyUnknown)
    }

    @Test("row 25: an unknown key id leads to one fetch more, and a flood of them to none")
    func row025() async throws {
        let server = KeyServer(keys: [try TokenMint.jwk()])
        let keys = KeySets(http: server, clock: clock)
        #expect(await verify(try TokenMint.token(), keys) == nil)
        #expect(server.calls.count == 1)
        for number in 1...50 {
            let token = try TokenMint.token(header: Self.header("unknown-\(number)"))
            #expect(await verify(token, keys) == .keyUnknown)
        }
        #expect(server.calls.count == 2)
        clock.advance(KeySets.coolDown)
        #expect(await verify(try TokenMint.token(header: Self.header("unknown")), keys) == .keyUnknown)
        #expect(server.calls.count == 3)
    }

    @Test("row 26: a new key is taken after one fetch; row 27: one that is gone is not, once the set is renewed")
    func row026() async throws {
        let server = KeyServer(keys: [try TokenMint.jwk()])
        let keys = KeySets(http: server, clock: clock)
        #expect(await verify(try TokenMint.token(), keys) == nil)
        server.serve(keys: [try TokenMint.jwk(TokenMint.otherRSA, ["kid": "rsa-2"])])
        let renewed = try TokenMint.token(header: Self.header("rsa-2"), key: TokenMint.otherRSA)
        #expect(await verify(renewed, keys) == nil)
        #expect(server.calls.count == 2)
        #expect(await verify(try TokenMint.token(), keys) == .keyUnknown)
    }

    @Test(
        "row 28: a set that cannot be read is no set, and the keys that were there go on working",
        arguments: ["500", "html", "redirect", "cut", "many", "down"])
    func row028(_ fault: String) async throws {
        let good = try TokenMint.jwk()
        let answer: KeyServer.Answer = { _ throws(HTTPFailure) in
            switch fault {
            case "500": HTTPAnswer(status: 500)
            case "html": HTTPAnswer(status: 200, headers: [("content-type", "text/html")], body: Array("<p>".utf8))
            case "redirect": HTTPAnswer(status: 302, headers: [("location", "http://127.0.0.1/")])
            case "cut": HTTPAnswer(status: 200, body: Array(#"{"keys":[]}"#.utf8), isTruncated: true)
            case "many": KeyServer.json(["keys": .array([JSON](repeating: good, count: 10_000))])
            default: throw HTTPFailure.notConnected(reason: "test")
            }
        }
        let fresh = KeySets(http: KeyServer(answer), clock: clock)
        #expect(await verify(try TokenMint.token(), fresh) == .providerUnavailable)

        let server = KeyServer(keys: [good])
        let keys = KeySets(http: server, clock: clock)
        #expect(await verify(try TokenMint.token(), keys) == nil)
        server.serve(answer)
        clock.advance(.seconds(2 * 3600))
        #expect(await verify(try TokenMint.token(), keys) == nil)
        clock.advance(.seconds(24 * 3600))
        #expect(await verify(try TokenMint.token(), keys) == .providerUnavailable)
    }

    @Test("row 29: a bad key costs the set nothing but itself")
    func row029() async throws {
        let small = TokenMint.makeKey(.init(bitCount: 2048))
        let bad: [JSON] = [
            ["kty": "oct", "kid": "rsa-9", "k": "c2VjcmV0"], try TokenMint.jwk(small, ["use": "enc", "kid": "rsa-8"]),
            try TokenMint.jwk(small, ["n": "AQAB", "kid": "rsa-7"]), "no key", [:],
            try TokenMint.jwk(small, ["alg": "RS512", "kid": "rsa-6"]), try TokenMint.jwk(small, ["kid": "twice"]),
            try TokenMint.jwk(TokenMint.otherRSA, ["kid": "twice"]),
        ]
        let server = KeyServer(keys: bad + [try TokenMint.jwk()])
        let keys = KeySets(http: server, clock: clock)
        #expect(await verify(try TokenMint.token(), keys) == nil)
        for id in ["rsa-6", "rsa-7", "rsa-8", "rsa-9", "twice"] {
            #expect(
                await verify(try TokenMint.token(header: Self.header(id), key: small), keys) == .keyUnknown, "\(id)")
        }
    }

    @Test("fifty sign-ins at once fetch a set once")
    func singleFlight() async throws {
        let key = try TokenMint.jwk()
        let server = KeyServer { _ throws(HTTPFailure) in
            try? await Task.sleep(for: .milliseconds(50))
            return KeyServer.json(["keys": [key]])
        }
        let keys = KeySets(http: server, clock: clock)
        let text = try TokenMint.token()
        await withTaskGroup(of: SignInRefusal.Reason?.self) { group in
            for _ in 0..<50 { group.addTask { await verify(text, keys) } }
            for await reason in group { #expect(reason == nil) }
        }
        #expect(server.calls.count == 1)
    }
}
