import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("What an error of the Graph API means")
struct ErrorCatalogueTests {
    private func outcome(_ status: Int, _ body: String, truncated: Bool = false, headers: HTTPFields = [])
        -> SendOutcome
    {
        SendAnswer(HTTPAnswer(status: status, headers: headers, body: Array(body.utf8), isTruncated: truncated)).outcome
    }

    @Test("Every code of Meta's catalogue has its class", arguments: MetaCodes.all.map { ($0.code, $0.kind) })
    func classes(codes: ClosedRange<Int>, kind: Character) throws {
        for code in codes {
            let entry = try #require(GraphErrorCatalogue.entry(for: code), "\(code)")
            // A code of its own within a run speaks for itself.
            if codes.count > 1, MetaCodes.all.contains(where: { $0.code == code...code }) { continue }
            let allowed: [GraphErrorCatalogue.Meaning] =
                switch kind {
                case "R": [.unavailable, .uncertain]
                case "L": [.channelThrottled, .recipientThrottled, .unavailable]
                case "P", "U": [.rejected]
                case "C": MetaCodes.narrow.contains(code) ? [.rejected] : [.misconfigured]
                default: [.rejected, .unavailable]
                }
            #expect(allowed.contains(entry.meaning), "\(code) is \(entry.meaning)")
        }
    }

    @Test("No code stands in the table that Meta does not have, and none stands twice")
    func noneTooMany() {
        for entry in GraphErrorCatalogue.entries {
            #expect(MetaCodes.all.contains { $0.code.contains(entry.codes.lowerBound) }, "\(entry.codes)")
            #expect(MetaCodes.all.contains { $0.code.contains(entry.codes.upperBound) }, "\(entry.codes)")
        }
        let codes = GraphErrorCatalogue.entries.map(\.codes)
        #expect(Set(codes).count == codes.count)
    }

    @Test(
        "A code means the same under every HTTP status, and in a failed status",
        arguments: GraphErrorCatalogue.entries.map(\.codes.lowerBound))
    func statuses(code: Int) throws {
        let entry = try #require(GraphErrorCatalogue.entry(for: code))
        let kind: OutcomeKind =
            switch entry.meaning {
            case .rejected: .rejected
            case .misconfigured: .misconfigured
            case .unavailable: .unavailable
            case .uncertain: .uncertain
            case .channelThrottled, .recipientThrottled: .throttled
            }
        for status in [200, 400, 401, 403, 404, 429, 500, 503] {
            #expect(OutcomeKind(outcome(status, #"{"error":{"code":\#(code),"message":"m"}}"#)) == kind)
        }
        let failed = GraphError(["code": .integer(code), "title": "t", "error_data": ["details": "d"]]).reason
        #expect(failed == FailureReason(code: String(code), title: entry.title, detail: "t: d"))
    }

    @Test("Titles are words of ours: each says something and names nobody")
    func titles() {
        for entry in GraphErrorCatalogue.entries {
            #expect(entry.title.count > 10, "\(entry.codes)")
            #expect(!entry.title.hasSuffix(".") && !entry.title.contains("|"), "\(entry.codes)")
        }
    }

    @Test("The pair limit holds back one person, for as long as the host says, the others the whole channel")
    func scopes() {
        let pair = #"{"error":{"code":131056}}"#
        #expect(outcome(400, pair) == .throttled(scope: .recipient, retryAfter: nil))
        #expect(
            outcome(400, pair, headers: [("Retry-After", "64")])
                == .throttled(scope: .recipient, retryAfter: .seconds(64)))
        for code in [4, 613, 80_007, 130_429] {
            #expect(outcome(403, #"{"error":{"code":\#(code)}}"#) == .throttled(scope: .channel, retryAfter: nil))
            #expect(
                outcome(403, #"{"error":{"code":\#(code)}}"#, headers: [("Retry-After", "9")])
                    == .throttled(scope: .channel, retryAfter: .seconds(9)))
        }
    }

    @Test("The usage headers say when calls are taken again, in minutes; they do not speak of messages a second")
    func usage() {
        let usage = #"""
            {"102290129340398":[{"type":"whatsapp_business_management","call_count":100,"total_cputime":1,"total_time":1,"estimated_time_to_regain_access":7}]}
            """#
        let headers: HTTPFields = [("X-Business-Use-Case-Usage", usage)]
        for code in [4, 80_007] {
            #expect(
                outcome(400, #"{"error":{"code":\#(code)}}"#, headers: headers)
                    == .throttled(scope: .channel, retryAfter: .seconds(420)))
        }
        for (code, scope) in [(130_429, SendOutcome.Scope.channel), (131_056, .recipient)] {
            #expect(
                outcome(400, #"{"error":{"code":\#(code)}}"#, headers: headers)
                    == .throttled(scope: scope, retryAfter: nil))
        }
    }

    @Test("An invalid parameter is the number itself, or the proof, when Meta says so")
    func parameter() {
        let plain = #"{"error":{"code":100,"message":"(#100) Invalid parameter"}}"#
        #expect(OutcomeKind(outcome(400, plain)) == .rejected)
        let missing = #"{"error":{"code":100,"error_subcode":33,"message":"Unsupported post request."}}"#
        let proof = #"{"error":{"code":100,"message":"Invalid appsecret_proof provided in the API argument"}}"#
        for body in [missing, proof] {
            guard case .misconfigured(let reason) = outcome(400, body) else {
                Issue.record("not misconfigured: \(body)")
                continue
            }
            #expect(reason.code == "100")
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
