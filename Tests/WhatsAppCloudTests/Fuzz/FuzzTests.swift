import AdapterKit
import AdapterTesting
import Foundation
import Testing

@testable import WhatsAppCloud

@Suite("Broken webhooks")
struct FuzzTests {
    /// `COMFILE_FUZZ_INPUTS` for a long run, `COMFILE_FUZZ_SEED` for another or the same one.
    private static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }

    @Test("Whatever comes is read without a trap, the same each time, bounded, replayable, and nothing is lost unsaid")
    func fuzz() throws {
        let inputs = Self.number("COMFILE_FUZZ_INPUTS") ?? 5000
        let seed = Self.number("COMFILE_FUZZ_SEED") ?? 20_261_123
        let channel = try Harness.channel()
        let check = ReceiptCheck { body in
            try? channel.receive(WebhookRequest(body: body, receivedAt: Harness.receivedAt, isProven: true))
        }
        var mutator = WebhookMutator(
            seeds: try Shape.all.map { try JSON.parse($0.body) }, seed: UInt64(truncatingIfNeeded: seed))
        for number in 0..<inputs {
            let body = mutator.next()
            guard let finding = check.finding(body) else { continue }
            Issue.record(
                "input \(number) of seed \(seed): \(finding): \(String(decoding: body.prefix(4000), as: UTF8.self))")
            return
        }
    }

    @Test("The same holds for every shape as it is", arguments: Shape.all)
    func shapes(shape: Shape) throws {
        let channel = try Harness.channel()
        let check = ReceiptCheck { body in
            try? channel.receive(WebhookRequest(body: body, receivedAt: Harness.receivedAt, isProven: true))
        }
        #expect(check.finding(Array(shape.body.utf8)) == nil)
    }

    @Test("The check finds what is lost, large or different")
    func checkFinds() throws {
        let body = Array(Fixtures.text.utf8)
        let receipt = WebhookReceipt(batches: try Harness.receive(body))
        func finding(_ change: (inout InboundBatch) -> Void) -> String? {
            var changed = receipt
            change(&changed.batches[0])
            return ReceiptCheck { _ in changed }.finding(body)
        }
        #expect(finding { _ in } == nil)
        #expect(finding { $0.updates = [] } == "a batch has neither an update nor a problem")
        #expect(finding { $0.account = nil } == "a batch without a problem has no account")
        #expect(
            finding { $0.replayBody = .string(String(repeating: "x", count: 100_000)) } == "the receipt is too large")
        #expect(ReceiptCheck { _ in nil }.finding(body) == "it is refused")
        var reads = 0
        let unstable = ReceiptCheck { _ in
            reads += 1
            return reads == 1 ? receipt : WebhookReceipt(batches: [])
        }
        #expect(unstable.finding(body) == "it is read differently a second time")
    }
}
