public import AdapterKit

extension WhatsAppCloudAdapter: Blocking {
    /// Keeps a person from writing to the number, or lets them write again. Meta blocks only who wrote to the number within
    /// the last 24 hours.
    public func setBlocked(_ isBlocked: Bool, _ person: [ContactIdentity]) async throws(ProviderFailure) {
        let graph = try number()
        guard let user = Self.user(person) else {
            throw ProviderFailure(
                .refused,
                FailureReason(code: "no_recipient", title: "The contact has no phone number or WhatsApp user id"))
        }
        let body: JSON = ["messaging_product": "whatsapp", "block_users": [user]]
        let path: GraphPath = "\(graph.phoneNumberID)/block_users"
        let answer = try await graph.json(isBlocked ? .post(path, body) : .delete(path, [], body))
        // A call of which a part failed can be a success by its status.
        if let failed = answer["block_users"]?["failed_users"]?.elements.first {
            throw ProviderFailure(.refused, Self.reason(failed))
        }
    }

    private static func user(_ person: [ContactIdentity]) -> JSON? {
        for identity in person where identity.kind == .phone {
            if let phone = PhoneNumber(identity.value) { return ["user": .string(phone.e164)] }
        }
        return person.first { $0.kind == .whatsappUserID && !$0.value.isEmpty }.map { ["user_id": .string($0.value)] }
    }

    // {"input", "wa_id", "errors": [{"code", "message", "error_data": {"details"}}]}
    private static func reason(_ failed: JSON) -> FailureReason {
        guard let error = failed["errors"]?.elements.first else {
            return FailureReason(code: "not_blocked", title: "WhatsApp did not change the block list for this person")
        }
        return GraphError(error).reason
    }
}
