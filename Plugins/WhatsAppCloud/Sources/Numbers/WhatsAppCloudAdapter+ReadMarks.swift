public import AdapterKit

extension WhatsAppCloudAdapter: ReadMarks {
    /// Marks a message and all before it as read. Writing is shown until the answer, for 25 seconds at most.
    public func markRead(_ providerID: String, isTyping: Bool) async throws(ProviderFailure) {
        let graph = try number()
        _ = try await graph.json(
            .post(
                "\(graph.phoneNumberID)/messages",
                .object([
                    "messaging_product": "whatsapp", "status": "read", "message_id": .string(providerID),
                    "typing_indicator": isTyping ? ["type": "text"] : nil,
                ])))
    }
}
