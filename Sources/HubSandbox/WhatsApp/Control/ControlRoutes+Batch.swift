import Hummingbird

/// One webhook that carries up to a thousand updates of several tenants.
extension ControlRoutes {
    /// `{"count", "phone_number_ids", "kinds", "customers", "bytes"}`.
    func batch(_ json: JSON) async throws -> Response {
        let count = try FaultValue.whole(json["count"] ?? 1000, "count", 1...WebhookEnvelope.maximumUpdates)
        let customers = try FaultValue.whole(json["customers"] ?? 50, "customers", 1...1000)
        var numbers: [SandboxConfiguration.Number] = []
        for id in json["phone_number_ids"]?.elements ?? [] {
            numbers.append(try await number(in: ["phone_number_id": id]))
        }
        if numbers.isEmpty { numbers = cloud.configuration.numbers }
        guard !numbers.isEmpty else { throw ControlError("the sandbox has no numbers") }
        let kinds = try Self.kinds(json["kinds"])
        var faults = await cloud.faults.delivery
        if let bytes = json["bytes"] {
            faults.payload.paddedTo = try FaultValue.whole(bytes, "bytes", 1...PayloadFaults.longestBody)
        }
        var updates: [WebhookUpdate] = []
        for index in 0..<count {
            let number = numbers[index % numbers.count]
            let customer = String(16_505_560_000 + (index / numbers.count) % customers)
            let kind = kinds[(index / numbers.count) % kinds.count]
            if let update = await update(kind, index: index, number: number, customer: customer) {
                updates.append(update)
            }
        }
        let outcomes = await cloud.courier.deliver(updates, faults: faults)
        return .json([
            "updates": JSON(updates.count), "posts": .array(outcomes.map(\.json)),
            "ids": .array(updates.compactMap { $0.element["id"] }),
        ])
    }

    private enum Kind: String, CaseIterable {
        case message, status, field
    }

    private static func kinds(_ value: JSON?) throws(ControlError) -> [Kind] {
        guard let names = value?.elements else { return [.message] }
        var kinds: [Kind] = []
        for name in names { kinds.append(try FaultValue.choice(name, "kinds")) }
        return kinds.isEmpty ? [.message] : kinds
    }

    private func update(
        _ kind: Kind, index: Int, number: SandboxConfiguration.Number, customer: String
    ) async -> WebhookUpdate? {
        let userID = Recipient.userID(ofCustomer: customer, businessAccountID: number.businessAccountID)
        let contact: JSON = [
            "profile": ["name": JSON("Customer \(customer.suffix(4))")], "wa_id": JSON(customer),
            "user_id": JSON(userID),
        ]
        let time = JSON(String(cloud.now))
        switch kind {
        case .message:
            let element: JSON = [
                "from": JSON(customer), "from_user_id": JSON(userID),
                "id": JSON(MessageID.make(party: customer, author: .customer)), "timestamp": time, "type": "text",
                "text": ["body": JSON("Batch \(index + 1)")],
            ]
            return WebhookUpdate(number: number, kind: .message, contact: contact, element: element)
        case .status:
            // Statuses of messages that the business may never have sent, as other tools of theirs send, too.
            let element: JSON = [
                "id": JSON(MessageID.make(party: customer, author: .business)), "status": "delivered",
                "timestamp": time, "recipient_id": JSON(customer), "recipient_user_id": JSON(userID),
            ]
            return WebhookUpdate(number: number, kind: .status, contact: contact, element: element)
        case .field:
            let value: JSON = [
                "display_phone_number": JSON(number.digits), "event": "PIN_CHANGED", "requester": JSON(String(index)),
            ]
            return WebhookUpdate(number: number, field: "security", value: value, now: cloud.now)
        }
    }
}
