import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("Calls to the Graph API")
struct GraphClientTests {
    @Test("The token stands in the header alone, with its proof in the query")
    func credential() async throws {
        let number = try GraphHarness([GraphHarness.ok("{}")])
        _ = try await number.graph.json(.get("106540352242922", [(name: "fields", value: "a,b c&d")]))
        let call = try #require(number.calls.first)
        #expect(call.headers["authorization"] == "Bearer EAAG-access-token")
        #expect(
            call.url
                == "https://graph.facebook.com/v25.0/106540352242922?fields=a%2Cb%20c%26d&appsecret_proof=226f42ba7840ac434842243c8807c6128c02da5233a77ff563717133ed9a70ff"
        )
    }

    @Test("The proof can be turned off, and there is none without an app secret")
    func withoutProof() async throws {
        let off = try GraphHarness([GraphHarness.ok("{}")], settings: ["appsecret_proof": .boolean(false)])
        _ = try await off.graph.json(.get("1"))
        let unknown = try GraphHarness([GraphHarness.ok("{}")], without: ["app_secret"])
        _ = try await unknown.graph.json(.get("1"))
        #expect(off.addresses == "https://graph.facebook.com/v25.0/1" && unknown.addresses == off.addresses)
    }

    @Test("Without access_token the token of a sign-up is used, and without that nobody is called")
    func keptToken() async throws {
        let kept = try GraphHarness(
            [GraphHarness.ok("{}")], without: ["access_token"], credentials: ["access_token": Secret("EAAG-signed-up")])
        _ = try await kept.graph.json(.get("1"))
        #expect(kept.calls.first?.headers["authorization"] == "Bearer EAAG-signed-up")
        #expect(
            kept.addresses.hasSuffix("appsecret_proof=c62d8ecabc704196ffaaec73c5d9ab4c9babc5161ccbd328baef0a46996725d0")
        )

        let none = try GraphHarness([], without: ["access_token"])
        let failed = await failure { () async throws(ProviderFailure) in
            try await none.adapter.markRead("wamid.x", isTyping: false)
        }
        #expect(failed?.kind == .misconfigured && failed?.reason.code == "no_access_token")
        #expect(await none.adapter.send(SendFixtures.text) == .misconfigured(GraphUnreached.noToken.reason))
        #expect(none.calls.isEmpty)
    }

    @Test("What is interpolated into a path stays in its segment")
    func paths() {
        let path: GraphPath = "\("../1?x=/#")/media"
        #expect(path.text == "..%2F1%3Fx%3D%2F%23/media")
        #expect(("\("ü~a-b_c.d")" as GraphPath).text == "%C3%BC~a-b_c.d")
    }

    @Test(
        "The code decides what a failure is, the status where there is none",
        arguments: [
            (190, 401, ProviderFailure.Kind.misconfigured, "190"), (4, 400, .throttled, "4"),
            (80_007, 400, .throttled, "80007"), (131_016, 500, .unavailable, "131016"),
            (131_000, 500, .unavailable, "131000"), (131_009, 400, .refused, "131009"), (33, 400, .notFound, "33"),
            (999_999, 404, .notFound, "999999"), (999_999, 500, .unavailable, "999999"),
            (999_999, 400, .refused, "999999"),
        ])
    func failures(code: Int, status: Int, kind: ProviderFailure.Kind, reason: String) async throws {
        let number = try GraphHarness([GraphHarness.error(code, status: status)])
        let graph = try number.graph
        let failed = await failure { () async throws(ProviderFailure) in _ = try await graph.json(.get("1")) }
        #expect(failed?.kind == kind && failed?.reason.code == reason)
        #expect(failed?.reason.title.contains("words") == false)
    }

    @Test("A redirect, a page and a cut answer are no success")
    func noSuccess() async throws {
        let answers = [
            HTTPAnswer(status: 302, headers: [("Location", "https://elsewhere.example")]),
            CapabilityFixtures.answer("<html>"),
            HTTPAnswer(status: 200, body: Array("{}".utf8), isTruncated: true),
            CapabilityFixtures.answer(#"{"error":{"code":190}}"#),
        ]
        let kinds: [ProviderFailure.Kind] = [.misconfigured, .unavailable, .unavailable, .misconfigured]
        for (answer, kind) in zip(answers, kinds) {
            let number = try GraphHarness([.success(answer)])
            let graph = try number.graph
            let failed = await failure { () async throws(ProviderFailure) in _ = try await graph.json(.get("1")) }
            #expect(failed?.kind == kind)
            #expect(number.calls.count == 1)
        }
    }

    @Test("A failure is logged with its code and trace, and with nothing of the account")
    func logged() async throws {
        let number = try GraphHarness([GraphHarness.error(100)])
        let graph = try number.graph
        _ = await failure { () async throws(ProviderFailure) in _ = try await graph.json(.get("106540352242922")) }
        let line = try #require(number.host.recordingLog.lines.first)
        #expect(line.level == .warning)
        #expect(line.fields == ["code": "100", "status": "400", "fbtrace_id": "Az8or2yhqkZfEZ-_4Qn_Bam"])
    }

    @Test("A list ends where Meta says, and where it would start again")
    func pages() {
        func next(_ body: String, after: String?) -> String? {
            GraphPage((try? JSON.parse(body)) ?? .null, after: after).next
        }
        let more = #"{"data":[],"paging":{"cursors":{"after":"B"},"next":"https://x?access_token=EAAG"}}"#
        #expect(next(more, after: nil) == "B" && next(more, after: "A") == "B" && next(more, after: "B") == nil)
        #expect(next(#"{"data":[],"paging":{"cursors":{"after":"B"}}}"#, after: nil) == nil)
        #expect(next(#"{"data":[]}"#, after: nil) == nil)
    }
}
