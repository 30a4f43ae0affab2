import AsyncHTTPClient
import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(3)))
struct GoogleFaultTests {
    /// Faults that make a token which is right all the same, or wrong only for who restricts domains or links accounts.
    private static let harmless: Set<String> = [
        "issuer_without_scheme", "audience_array", "rotate_before_signing", "at_hash_missing", "c_hash_wrong",
        "c_hash_missing",
    ]

    @Test func `every fault of a token is one that a strict reader sees, unless it is none`() async throws {
        try await withSandbox { sandbox in
            let visit = GoogleVisit(sandbox: sandbox)
            let ofPerson = Set(IDTokenFaults.person.map(\.fault.name)).subtracting(["claim_doubled"])
            for fault in IDTokenFaults.all where !fault.isOfRefresh {
                let name = fault.fault.name
                let value: JSON =
                    switch fault.fault.takes {
                    case .whole(let range): JSON(min(range.upperBound, name == "exp_offset" ? -61 : 50_000))
                    default: true
                    }
                try await sandbox.setFaults(of: "google", .object([.init(name: name, value: value)]))
                let reply = try await visit.tokens()
                let token = try #require(reply["id_token"]?.text)
                let reader = StrictReader(
                    keys: try await visit.keys(), issuers: ["https://accounts.google.com", "accounts.google.com"],
                    audience: GoogleVisit.client, nonce: "nonce-1", accessToken: reply["access_token"]?.text ?? "",
                    now: SandboxClock().seconds)
                if Self.harmless.contains(name) || ofPerson.contains(name) {
                    #expect(throws: Never.self, "\(name)") { try reader.read(token) }
                } else {
                    #expect(throws: StrictReader.Refusal.self, "\(name)") { try reader.read(token) }
                }
            }
        }
    }

    @Test func `faults of refreshed tokens leave first ones alone`() async throws {
        try await withSandbox { sandbox in
            let visit = GoogleVisit(sandbox: sandbox)
            try await sandbox.setFaults(of: "google", ["refresh_subject": ["next": 1]])
            let first = try await visit.tokens(["access_type": "offline"])
            let refreshed = try await visit.refresh(try #require(first["refresh_token"]?.text)).json
            #expect(claims(first)["sub"] != claims(refreshed)["sub"])
            #expect(claims(refreshed)["sub"] == "100000000000000000000")
        }
    }

    @Test func `any header, claim, signature or whole token can be asked for`() async throws {
        try await withSandbox { sandbox in
            let visit = GoogleVisit(sandbox: sandbox)
            try await sandbox.setFaults(
                of: "google",
                ["id_token": ["header": ["typ": .null, "x": 1], "claims": ["aud": ["a", "b"], "iss": .null]]])
            let token = try #require(try await visit.tokens()["id_token"]?.text)
            let header = try #require(token.split(separator: ".").first.flatMap { Base64URL.decode($0) })
            #expect(try JSON.parse(header)["x"] == 1)
            #expect(try JSON.parse(header)["typ"] == nil)
            try await sandbox.setFaults(of: "google", ["id_token": ["raw": "a.b.c"]])
            #expect(try await visit.tokens()["id_token"] == "a.b.c")
            try await sandbox.setFaults(of: "google", ["id_token": ["signature": "none"]])
            #expect(try await visit.tokens()["id_token"]?.text?.hasSuffix(".") == true)
        }
    }

    @Test func `replies can be anything, late, elsewhere or none`() async throws {
        try await withSandbox { sandbox in
            let visit = GoogleVisit(sandbox: sandbox)
            func reply(_ fault: JSON) async throws -> PageAnswer {
                try await sandbox.setFaults(of: "google", ["token_reply": fault])
                return try await visit.exchange(try await visit.code())
            }
            let shaped = try await reply([
                "status": 200, "remove": ["access_token"], "set": ["token_type": "mac", "expires_in": "3600"],
            ]).json
            #expect(shaped["access_token"] == nil)
            #expect(shaped["token_type"] == "mac")
            #expect(shaped["expires_in"] == "3600")
            let html = try await reply(["status": 503, "content_type": "text/html", "body": "<p>Sorry"])
            #expect(html.status == 503)
            #expect(html.text == "<p>Sorry")
            #expect(html.headers["content-type"] == "text/html")
            #expect(try await reply(["redirect": "http://127.0.0.1:1/"]).location == "http://127.0.0.1:1/")
            let start = ContinuousClock.now
            _ = try await reply(["delay_ms": 300])
            #expect(ContinuousClock.now - start >= .milliseconds(300))
            await #expect(throws: HTTPClientError.self) { try await reply(["drop": true]) }
        }
    }

    @Test func `a dropped reply leaves the code spent, a drop before leaves it whole`() async throws {
        try await withSandbox { sandbox in
            let visit = GoogleVisit(sandbox: sandbox)
            let code = try await visit.code()
            try await sandbox.setFaults(of: "google", ["token_drop_before": ["next": 1]])
            await #expect(throws: HTTPClientError.self) { try await visit.exchange(code) }
            try await sandbox.setFaults(of: "google", ["token_reply": ["drop": true, "next": 1]])
            await #expect(throws: HTTPClientError.self) { try await visit.exchange(code) }
            #expect(try await visit.exchange(code).json["error"] == "invalid_grant")
        }
    }

    @Test func `keys can be too many, too long, of other kinds, or missing`() async throws {
        try await withSandbox { sandbox in
            let visit = GoogleVisit(sandbox: sandbox)
            let right = try await visit.keys()
            func keys(_ faults: JSON) async throws -> [JSON] {
                try await sandbox.setFaults(of: "google", faults)
                return try await visit.keys()
            }
            #expect(try await keys(["keys_single": true]) == [right[0]])
            #expect(try await keys(["keys_without_current": true]) == [right[1]])
            #expect(try await keys(["keys_empty": true]).isEmpty)
            #expect(try await keys(["keys_many": 10_000]).count == 10_002)
            #expect(try await keys(["keys_oct": true]).first?["kty"] == "oct")
            #expect(try await keys(["keys_enc": true]).allSatisfy { $0["use"] == "enc" })
            #expect(try await keys(["keys_no_alg": true]).allSatisfy { $0["alg"] == nil })
            let doubled = try await keys(["keys_duplicate_kid": true])
            #expect(doubled[0]["kid"] == right[0]["kid"])
            #expect(doubled[0]["n"] != right[0]["n"])
            let small = try #require(try await keys(["keys_small": true]).last?["n"]?.text)
            #expect(Base64URL.decode(small)?.count == 128)
            try await sandbox.setFaults(of: "google", ["keys_huge": 10_485_760])
            #expect(try await sandbox.page(.get, "/google/oauth2/v3/certs").bytes.count > 10_485_760)
            try await sandbox.setFaults(of: "google", ["keys_500": ["next": 1]])
            #expect(try await sandbox.page(.get, "/google/oauth2/v3/certs").status == 500)
            #expect(try await visit.keys() == right)
            try await sandbox.setFaults(of: "google", ["keys_redirect": true])
            #expect(try await sandbox.page(.get, "/google/oauth2/v3/certs").location == "http://10.0.0.1/")
        }
    }

    @Test func `an unknown fault is refused with those that are known, and changes nothing`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setFaults(of: "google", ["keys_500": true])
            let unknown = try await sandbox.call(.put, "/_sandbox/google/faults", ["bork": true])
            #expect(unknown.status == 400)
            #expect(unknown.json["error"]?["message"]?.text?.contains("known are state_doubled, ") == true)
            let senseless = try await sandbox.call(.put, "/_sandbox/google/faults", ["exp_offset": "soon"])
            #expect(senseless.json["error"]?["message"]?.text?.contains("takes a whole number") == true)
            let board = try await sandbox.call(.get, "/_sandbox/google/faults").json
            #expect(board["faults"] == ["keys_500": true])
            #expect(board["known"]?.elements?.count == GoogleFaults.known.count)
            _ = try await sandbox.call(.delete, "/_sandbox/google/faults")
            #expect(try await sandbox.call(.get, "/_sandbox/google/faults").json["faults"] == .object([]))
        }
    }

    @Test func `no two faults have one name`() {
        let names = GoogleFaults.known.map(\.name)
        #expect(Set(names).count == names.count)
    }

    private func claims(_ reply: JSON) -> JSON {
        let parts = reply["id_token"]?.text?.split(separator: ".") ?? []
        guard parts.count == 3, let bytes = Base64URL.decode(parts[1]) else { return .null }
        return (try? JSON.parse(bytes)) ?? .null
    }
}
