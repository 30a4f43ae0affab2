import AdapterKit

extension IdentityConformance {
    func checkEvents(_ report: inout ConformanceReport) {
        guard Client.self is any ProviderEvents.Type else { return }
        let topics = Client.manifest.identity?.eventTopics.map(\.name) ?? []
        for topic in topics {
            report.expect(
                capabilities.events.contains { $0.topic == topic }, .eventTaken,
                "the kit was given no event of the topic \(topic)")
        }
        for sample in capabilities.events {
            let host = TestHost()
            guard let client = client(on: host) as? any ProviderEvents else { return }
            let proof = checkTaking(of: sample, by: client, &report)
            checkForgeries(of: sample, by: client, &report)
            checkHostileEvents(sample, by: client, &report)
            report.expect(
                (try? client.receive(sample.request, topic: "no-such-topic")) == nil, .eventTaken,
                "'\(sample.name)' is taken under a topic that there is not")
            report.expect(host.recordingHTTP.calls.isEmpty, .eventTaken, "an event makes a call")
            var words = confidential
            for event in sample.events { words.add("a subject", event.subject ?? "") }
            if case .token(let token, _) = proof { words.add("a signed token", token.reveal()) }
            words.check(host.recordingLog, &report, "receiving '\(sample.name)'")
        }
    }

    private func checkTaking(
        of sample: EventSample, by client: any ProviderEvents, _ report: inout ConformanceReport
    ) -> ProviderEventProof? {
        guard let proof = try? client.receive(sample.request, topic: sample.topic) else {
            report.add(.eventTaken, "'\(sample.name)' is refused")
            return nil
        }
        var later = sample.request
        later.receivedAt = later.receivedAt + .seconds(60)
        report.expect(
            (try? client.receive(later, topic: sample.topic)) == proof, .eventTaken,
            "'\(sample.name)' is read differently another time")
        switch proof {
        case .proven(let events):
            report.expect(sample.claims == nil, .eventTaken, "'\(sample.name)' has claims, and is proven without")
            report.expect(events == sample.events, .eventTaken, "'\(sample.name)' gives other events")
        case .token(let token, let rules):
            let isSent =
                !token.reveal().isEmpty
                && String(decoding: sample.request.body, as: UTF8.self)
                    .contains(token.reveal())
            report.expect(isSent, .eventTaken, "the token of '\(sample.name)' is not the one that was sent")
            report.expect(
                !rules.issuer.isEmpty && !rules.audiences.isEmpty && !rules.algorithms.isEmpty, .eventTaken,
                "a token of '\(sample.name)' may be of any issuer, for anybody or of any algorithm")
            report.expect(
                known.contains(rules.keys) && !known.isDowngraded(rules.keys), .providerAddresses,
                "keys of events come from an address that is not the provider's")
            guard let claims = sample.claims else {
                report.add(.eventTaken, "'\(sample.name)' has no claims to try")
                return proof
            }
            report.expect(
                (try? client.events(claims)) == sample.events, .eventTaken, "'\(sample.name)' gives other events")
        }
        for event in sample.events where event.subject != nil {
            report.expect(event.issuer != nil, .eventTaken, "'\(sample.name)' has a subject of no issuer")
        }
        return proof
    }

    private static func isProven(_ request: WebhookRequest, _ topic: String, _ client: any ProviderEvents) -> Bool {
        if case .proven = try? client.receive(request, topic: topic) { true } else { false }
    }

    /// What proves an event is taken away, doubled and changed. A token is the host's to prove.
    private func checkForgeries(
        of sample: EventSample, by client: any ProviderEvents, _ report: inout ConformanceReport
    ) {
        func isTaken(_ body: [UInt8], _ headers: [(name: String, value: String)]) -> Bool {
            var request = sample.request
            request.body = body
            request.headers = HTTPFields(headers)
            return Self.isProven(request, sample.topic, client)
        }
        let headers = sample.request.headers.all
        let body = sample.request.body
        report.expect(
            (try? client.receive(WebhookRequest(receivedAt: sample.request.receivedAt), topic: sample.topic)) == nil,
            .eventForged, "nothing at all is taken as '\(sample.name)'")
        for (index, header) in headers.enumerated() {
            var others = headers
            others.remove(at: index)
            // A header that may be missing proves nothing, such as content-type.
            guard isTaken(body, headers), !isTaken(body, others) else { continue }
            var forged = headers
            forged[index].value = String(forged[index].value.reversed()) + "0"
            report.expect(
                !isTaken(body, forged), .eventForged, "'\(sample.name)' is taken with a changed \(header.name)")
            report.expect(
                !isTaken(body, headers + [(header.name, forged[index].value)]), .eventForged,
                "'\(sample.name)' is taken with two \(header.name)")
        }
        let step = max(1, body.count / 200)
        for position in stride(from: 0, to: body.count, by: step) {
            var changed = body
            changed[position] ^= 1
            report.expect(
                !isTaken(changed, headers), .eventForged, "'\(sample.name)' is taken with a changed byte")
        }
        // The last digits of base64 have bits that mean nothing.
        for bit: UInt8 in [1, 2, 4] where !body.isEmpty {
            var changed = body
            changed[changed.count - 1] ^= bit
            report.expect(
                !isTaken(changed, headers), .eventForged, "'\(sample.name)' is taken with a changed byte")
        }
        report.expect(
            !isTaken(body + [0x20], headers) && !isTaken(body.dropLast(), headers), .eventForged,
            "'\(sample.name)' is taken with a byte more or less")
    }

    private func checkHostileEvents(
        _ sample: EventSample, by client: any ProviderEvents, _ report: inout ConformanceReport
    ) {
        for body in HostileBody.all {
            var request = sample.request
            request.body = body.bytes
            report.expect(
                !Self.isProven(request, sample.topic, client), .eventForged, "\(body.name) is taken as proven")
            guard let sign = sample.sign else { continue }
            check(try? client.receive(sign(body.bytes), topic: sample.topic), body.name, &report)
        }
        let claims = sample.claims.map(\.encoded) ?? []
        let bodies = Self.strangers.flatMap { HostileBody.variants(of: claims, limit: 60, strangers: [$0]) }
        for body in bodies {
            guard let json = try? JSON.parse(body.bytes), let events = try? client.events(json) else { continue }
            check(.proven(events), body.name, &report)
        }
    }

    /// Whatever was said, an event can be kept.
    private func check(_ proof: ProviderEventProof?, _ name: String, _ report: inout ConformanceReport) {
        guard case .proven(let events) = proof else { return }
        for event in events {
            report.expect(
                (1...512).contains(event.id.utf8.count), .eventHostile, "\(name) gives an event without an id")
            report.expect(
                event.subject.map { (1...255).contains($0.unicodeScalars.count) } ?? true, .eventHostile,
                "\(name) gives an event of a subject that cannot be kept")
            report.expect(
                (0...253_402_300_799_999).contains(event.occurredAt.milliseconds), .eventHostile,
                "\(name) gives an event at a time that no calendar has")
        }
    }
}
