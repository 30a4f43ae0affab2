import AdapterKit

extension ChannelConformance {
    func checkReceiving(of sample: WebhookSample, _ report: inout ConformanceReport) {
        let host = TestHost()
        guard let channel = channel(on: host) else { return }
        guard let receipt = try? channel.receive(request(sample.body)) else {
            return report.add(.genuineTaken, "'\(sample.name)' is refused")
        }
        let updates = receipt.batches.reduce(0) { $0 + $1.updates.count }
        report.expect(
            updates == sample.items, .everyItem,
            "'\(sample.name)' has \(sample.items) items and gives \(updates) updates")
        checkAttribution(of: receipt, sample, &report)
        checkUpdates(of: receipt, sample.name, &report)
        checkReplay(of: receipt, by: channel, sample.name, &report)
        checkStability(of: receipt, sample, &report)
        checkProof(of: sample, by: channel, &report)
        var words = confidential
        words.add(receipt)
        words.check(host.recordingLog, &report, "receiving '\(sample.name)'")
        for problem in receipt.batches.compactMap(\.problem) {
            words.check(problem, "a batch's problem", "receiving '\(sample.name)'", &report)
        }
    }

    private func checkAttribution(
        of receipt: WebhookReceipt, _ sample: WebhookSample, _ report: inout ConformanceReport
    ) {
        for batch in receipt.batches where batch.problem == nil {
            report.expect(batch.account != nil, .attribution, "'\(sample.name)' gives a batch without an account")
            for case .message(let message) in batch.updates {
                report.expect(
                    !message.sender.isEmpty, .attribution, "'\(sample.name)' gives a message without a sender")
            }
        }
    }

    /// What the host makes of a batch that it kept: it vouches for the body, and a string is the body's own text.
    private func replay(of batch: InboundBatch) -> WebhookRequest {
        let body = batch.replayBody.string.map { Array($0.utf8) } ?? batch.replayBody.encoded
        return WebhookRequest(body: body, receivedAt: FixedClock().now, isProven: true)
    }

    func checkReplay(
        of receipt: WebhookReceipt, by channel: Channel, _ name: String, _ report: inout ConformanceReport
    ) {
        for batch in receipt.batches {
            let again = try? channel.receive(replay(of: batch))
            report.expect(
                again?.batches == [batch], .replay, "a replay body of '\(name)' does not give its batch again")
        }
    }

    /// Another instance, at another time of the clock, reads the same.
    private func checkStability(of receipt: WebhookReceipt, _ sample: WebhookSample, _ report: inout ConformanceReport)
    {
        let later = TestHost(clock: FixedClock(FixedClock().now + .seconds(86_400)))
        for _ in 1...2 {
            let again = try? channel(on: later)?.receive(request(sample.body))
            report.expect(again == receipt, .receiveStable, "'\(sample.name)' is read differently another time")
        }
    }

    /// Takes away, doubles and changes what proves that the webhook is the provider's.
    private func checkProof(of sample: WebhookSample, by channel: Channel, _ report: inout ConformanceReport) {
        func isTaken(_ body: [UInt8], _ headers: [(name: String, value: String)]) -> Bool {
            (try? channel.receive(request(body, headers: HTTPFields(headers)))) != nil
        }
        let headers = sign(sample.body).all
        report.expect(!isTaken(sample.body, []), .unsignedRefused, "'\(sample.name)' is taken without headers")
        var proofs = 0
        for (index, header) in headers.enumerated() {
            var others = headers
            others.remove(at: index)
            // A header that may be missing proves nothing, such as content-type.
            guard !isTaken(sample.body, others) else { continue }
            proofs += 1
            let doubled = headers + [(header.name, Self.changed(header.value))]
            report.expect(
                !isTaken(sample.body, doubled), .unsignedRefused, "'\(sample.name)' is taken with two \(header.name)")
            var forged = headers
            forged[index].value = Self.changed(header.value)
            report.expect(
                !isTaken(sample.body, forged), .forgedRefused, "'\(sample.name)' is taken with a changed \(header.name)"
            )
        }
        report.expect(proofs > 0, .unsignedRefused, "no header of '\(sample.name)' is needed")
        guard signsBody else { return }
        let step = max(1, sample.body.count / 64)
        for position in stride(from: 0, to: sample.body.count, by: step) {
            var body = sample.body
            body[position] ^= 1
            report.expect(!isTaken(body, headers), .forgedRefused, "'\(sample.name)' is taken with a changed byte")
        }
        report.expect(
            !isTaken(sample.body + [0x20], headers), .forgedRefused, "'\(sample.name)' is taken with a byte more")
        report.expect(
            !isTaken(sample.body.dropLast(), headers), .forgedRefused, "'\(sample.name)' is taken with a byte less")
    }

    /// The value with one character changed, in the middle, where signatures have their digits.
    private static func changed(_ value: String) -> String {
        var characters = Array(value)
        guard !characters.isEmpty else { return "0" }
        let middle = characters.count / 2
        characters[middle] = characters[middle] == "0" ? "1" : "0"
        return String(characters)
    }

    func checkHandshake(of channel: Channel, _ report: inout ConformanceReport) {
        guard let adapter = channel as? any WebhookHandshake else { return }
        guard let handshake else { return report.add(.handshake, "the kit was given no handshake to try") }
        func answer(_ change: (inout [String: String]) -> Void) -> String? {
            var query = handshake.query
            change(&query)
            return try? adapter.handshake(WebhookRequest(query: query, receivedAt: FixedClock().now))
        }
        let token = handshake.query[handshake.token] ?? ""
        report.expect(
            answer { _ in } == handshake.query[handshake.challenge], .handshake, "the genuine check is not answered")
        for (name, wrong) in [("a wrong", "x" + token), ("an empty", ""), ("half a", String(token.dropLast()))] {
            report.expect(answer { $0[handshake.token] = wrong } == nil, .handshake, "\(name) token is answered")
        }
        for name in handshake.query.keys {
            report.expect(answer { $0[name] = nil } == nil, .handshake, "a check without \(name) is answered")
        }
        for text in ["<script>alert(1)</script>", "a\r\nb", String(repeating: "1", count: 5000)] {
            report.expect(
                answer { $0[handshake.challenge] = text } == nil, .handshake, "a harmful challenge is repeated")
        }
    }
}
