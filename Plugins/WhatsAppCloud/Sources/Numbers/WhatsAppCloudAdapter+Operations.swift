public import AdapterKit

extension WhatsAppCloudAdapter: ChannelOperations {
    /// What `comfile whatsapp` and the API offer for a number.
    public static let operations: [ChannelOperation] = NumberOperation.allCases.map(\.description)

    /// Does one of ``operations``.
    public func perform(_ operation: String, _ parameters: AdapterSettings) async throws(ProviderFailure) -> JSON {
        let graph = try number()
        guard let operation = NumberOperation(rawValue: operation) else {
            throw NumberDesk.refusal("unknown_operation", "This channel has no such operation")
        }
        return try await NumberDesk(graph: graph, app: app).perform(operation, parameters)
    }
}
