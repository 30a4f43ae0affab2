import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("What an answer of the Graph API means")
struct ErrorCatalogueTests {
    /// Every code of Meta's catalogue that a send may get, by outcome.
    private static let codes: [(OutcomeKind, [Int])] = [
        (.unavailable, [2, 131_016, 131_057, 132_069, 133_000, 133_004, 133_015, 134_101, 2_494_100]),
        (.uncertain, [1, 131_000]),
        (.throttled, [4, 613, 80_007, 130_429, 131_056, 131_208, 133_008, 133_009, 133_016]),
        (
            .misconfigured,
            [
                0, 3, 10, 33, 104, 190, 200, 201, 299, 368, 131_005, 131_031, 131_037, 131_042, 131_045, 131_048,
                131_064,
                133_005, 133_006, 133_010,
            ]
        ),
        (
            .rejected,
            [
                100, 130_403, 130_472, 130_497, 131_008, 131_009, 131_020, 131_021, 131_026, 131_030, 131_041, 131_044,
                131_047, 131_049, 131_050, 131_051, 131_052, 131_053, 131_055, 131_059, 131_060, 131_062, 131_063,
                131_201,
                131_207, 131_215, 132_000, 132_001, 132_005, 132_007, 132_008, 132_012, 132_015, 132_016, 132_018,
                132_068,
                134_011, 134_100, 134_102, 135_000, 137_000, 138_000, 138_018, 139_000, 139_004, 139_100, 139_103,
                147_001,
                147_005, 200_005, 200_007, 1_752_041, 2_388_012, 2_388_019, 2_388_039, 2_388_040, 2_388_047, 2_388_072,
                2_388_073, 2_388_091, 2_388_093, 2_388_103, 2_388_293, 2_388_299, 2_593_107, 2_593_108, 2_593_109,
            ]
        ),
    ]

    private func outcome(_ status: Int, _ body: String, truncated: Bool = false, headers: HTTPFields = [])
        -> SendOutcome
    {
        SendAnswer(HTTPAnswer(status: status, headers: headers, body: Array(body.utf8), isTruncated: truncated)).outcome
    }

    @Test(
        "A code means the same under every HTTP status",
        arguments: codes.flatMap { kind, codes in codes.map { ($0, kind) } })
    func code(code: Int, kind: OutcomeKind) {
        for status in [200, 400, 401, 403, 404, 429, 500, 503] {
            #expect(OutcomeKind(outcome(status, #"{"error":{"code":\#(code),"message":"m"}}"#)) == kind)
        }
    }

    @Test("The table above names every code of the catalogue")
    func complete() {
        let named = Set(Self.codes.flatMap(\.1))
        #expect(Set(GraphErrorCatalogue.codes.keys).subtracting(named).isEmpty)
        for range in GraphErrorCatalogue.ranges { #expect(named.contains { range.codes.contains($0) }) }
    }

    @Test("Titles are words of ours: each says something and names nobody")
    func titles() {
        for (code, entry) in GraphErrorCatalogue.codes {
            #expect(entry.title.count > 10, "\(code)")
            #expect(!entry.title.hasSuffix("."), "\(code)")
        }
    }

    @Test("The pair limit holds back one person, the others the whole channel")
    func scopes() {
        let pair = #"{"error":{"code":131056}}"#
        #expect(outcome(400, pair) == .throttled(scope: .recipient, retryAfter: .seconds(6)))
        #expect(
            outcome(400, pair, headers: [("Retry-After", "64")])
                == .throttled(scope: .recipient, retryAfter: .seconds(64)))
        for code in [4, 613, 80_007, 130_429] {
            #expect(
                outcome(403, #"{"error":{"code":\#(code)}}"#, headers: [("Retry-After", "9")])
                    == .throttled(scope: .channel, retryAfter: .seconds(9)))
        }
    }

    @Test(
        "A code that nobody knows is never sent again by itself",
        arguments: [
            (400, OutcomeKind.rejected), (403, .rejected), (429, .throttled), (500, .uncertain), (503, .uncertain),
            (200, .uncertain),
        ])
    func unknownCode(status: Int, kind: OutcomeKind) {
        #expect(OutcomeKind(outcome(status, #"{"error":{"code":999999,"message":"m"}}"#)) == kind)
        #expect(OutcomeKind(outcome(status, #"{"error":{"message":"m"}}"#)) == kind)
    }

    @Test(
        "An answer without an error in Meta's form goes by its status",
        arguments: [
            (200, OutcomeKind.uncertain), (204, .uncertain), (301, .misconfigured), (400, .rejected),
            (401, .misconfigured), (403, .misconfigured), (404, .misconfigured), (408, .uncertain), (413, .rejected),
            (429, .throttled), (500, .uncertain), (502, .uncertain), (503, .uncertain), (504, .uncertain),
            (100, .uncertain),
        ])
    func withoutError(status: Int, kind: OutcomeKind) {
        for body in ["", "<html>", "{}", #"{"error":"text"}"#, #"{"messages":[]}"#, #"{"messages":[{"id":""}]}"#] {
            #expect(OutcomeKind(outcome(status, body)) == kind, "\(body)")
        }
    }

    @Test("What was cut off is uncertain, whatever its beginning says")
    func truncated() {
        let body = #"{"error":{"code":131026}}"#
        for status in [200, 400, 429, 500] {
            #expect(OutcomeKind(outcome(status, body, truncated: true)) == .uncertain, "\(status)")
        }
    }

    @Test("The title is ours and Meta's words stay in the detail")
    func words() {
        let body =
            #"{"error":{"message":"(#131026) to +16505551234","code":131026,"error_data":{"details":"16505551234 is gone"}}}"#
        guard case .rejected(let reason) = outcome(400, body) else {
            Issue.record("not rejected")
            return
        }
        #expect(reason.code == "131026")
        #expect(reason.title == "The message cannot be delivered to this person")
        #expect(reason.detail == "(#131026) to +16505551234: 16505551234 is gone")
    }
}
