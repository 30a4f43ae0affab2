import AdapterKit

extension ChannelConformance {
    /// Bodies that are signed well and mean nothing: each is kept with a problem, and none of them traps.
    func checkHostileBodies(_ report: inout ConformanceReport) {
        guard let channel = channel(on: TestHost()) else { return }
        for body in HostileBody.all + [.large(largestBody)] {
            guard let receipt = try? channel.receive(request(body.bytes)) else {
                report.add(.hostileKept, "\(body.name) is refused, so it is lost")
                continue
            }
            let problems = receipt.batches.compactMap(\.problem)
            report.expect(!problems.isEmpty, .hostileKept, "\(body.name) gives no batch with a problem")
            report.expect(
                !problems.contains { $0.contains(HostileBody.marker) }, .hostileKept,
                "the problem of \(body.name) quotes it")
            checkReplay(of: receipt, by: channel, body.name, &report)
        }
        // Many samples share the time that a few would get.
        let limit = min(400, max(24, 2400 / max(1, webhooks.count)))
        for sample in webhooks {
            for body in HostileBody.variants(of: sample.body, limit: limit) {
                guard let receipt = try? channel.receive(request(body.bytes)) else {
                    report.add(.hostileKept, "'\(sample.name)' with a strange value is refused, so it is lost")
                    continue
                }
                checkReplay(of: receipt, by: channel, "\(sample.name) with a strange value", &report)
                checkTimes(of: receipt, "\(sample.name) with a strange value", &report)
            }
        }
    }
}
