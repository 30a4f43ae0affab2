import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("Usage of the Graph API")
struct GraphUsageTests {
    private static let business =
        #"{"102290129340398":[{"type":"whatsapp_business_management","call_count":97,"total_cputime":1,"total_time":1,"estimated_time_to_regain_access":7}]}"#

    @Test(
        "The fullest limit counts",
        arguments: [
            ([(name: "X-App-Usage", value: #"{"call_count":28,"total_time":81,"total_cputime":25}"#)], 81, nil),
            ([(name: "x-business-use-case-usage", value: business)], 97, Duration.seconds(420)),
            ([(name: "X-App-Usage", value: "busy")], nil, nil), ([], nil, nil),
            ([(name: "X-App-Usage", value: "{}")], nil, nil),
        ] as [([(name: String, value: String)], Int?, Duration?)])
    func reading(headers: [(name: String, value: String)], percent: Int?, regain: Duration?) {
        let usage = GraphUsage(HTTPFields(headers))
        #expect(usage?.percent == percent && usage?.regainTime == regain)
    }

    @Test("A limit that is nearly reached is told at every ten percent, without the account")
    func warning() async throws {
        func answer(_ percent: Int) -> RecordingHTTP.Reply {
            .success(
                CapabilityFixtures.answer(
                    "{}",
                    headers: [
                        ("X-App-Usage", #"{"call_count":\#(percent)}"#),
                        ("X-Business-Use-Case-Usage", #"{"102290129340398":[{"call_count":1}]}"#),
                    ]))
        }
        let percents = [79, 80, 85, 89, 90, 91, 100]
        let number = try GraphHarness(percents.map(answer))
        for _ in percents { _ = try await number.graph.json(.get("1")) }
        let lines = number.host.recordingLog.lines
        #expect(lines.map(\.fields) == [["percent": "80"], ["percent": "90"], ["percent": "100"]])
        #expect(lines.allSatisfy { $0.level == .warning })
    }

    @Test("Too many calls come again when Meta says that they are taken again")
    func regaining() async throws {
        let answer = CapabilityFixtures.answer(
            #"{"error":{"code":80007}}"#, status: 400, headers: [("X-Business-Use-Case-Usage", Self.business)])
        let number = try GraphHarness([.success(answer)])
        let graph = try number.graph
        let failed = await failure { () async throws(ProviderFailure) in _ = try await graph.json(.get("1")) }
        #expect(failed?.kind == .throttled && failed?.retryAfter == .seconds(420))
    }
}
