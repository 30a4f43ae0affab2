import Hummingbird

/// `POST /{phone_number_id}/messages`: sends, read marks, typing; and what became of their webhooks.
extension GraphRoutes {
    func addMessages(to graph: GraphRouter) {
        graph.addRaw(.post, ":id/messages") { call in
            let (number, slow, isLost) = try await cloud.admitMessage(call)
            if slow > .zero { try await Task.sleep(for: slow) }
            if isLost { return try await closed(call) }
            switch try await cloud.send(call.body, from: number) {
            case .json(let json): return .graph(json, version: call.version)
            case .connectionClosed: return try await closed(call)
            }
        }
        graph.get(":id/message_history") { call in
            let number = try await managed(call)
            let messageID = try call.requiredText("message_id")
            let entry = cloud.courier.history.entry(messageID: messageID)
            let found = entry.flatMap { $0.phoneNumberID == number.phoneNumberID ? $0 : nil }
            let fields = try FieldSelection.parse(call.query["fields"] ?? "id,message_id")
            var items: [JSON] = []
            if let found {
                items.append(
                    try FieldSelection.choose(
                        fields, of: found.json(appID: cloud.configuration.appID), node: "WhatsAppMessageHistory"))
            }
            return try GraphPage.json(items, for: call)
        }
        graph.get(":id/events") { call in
            guard let entry = cloud.courier.history.entry(id: call.id),
                let number = await cloud.number(entry.phoneNumberID),
                call.token.accounts.contains(number.businessAccountID)
            else { throw call.unknownObject }
            return try GraphPage.json(entry.events.map { $0.json(appID: cloud.configuration.appID) }, for: call)
        }
    }

    private func closed(_ call: GraphCall) async throws -> Response {
        try await call.context.channel.close()
        // Nobody gets this: the connection is gone.
        return Response(status: .noContent)
    }
}

extension WhatsAppCloud {
    /// Whether a send may come in at all.
    /// - Returns: the number, how long the answer is held back, and whether the connection is lost before the send is taken.
    func admitMessage(
        _ call: GraphCall
    ) throws(GraphError) -> (number: SandboxConfiguration.Number, slow: Duration, isLost: Bool) {
        let number = try number(for: call)
        try call.require(.messaging)
        let isLost = faults.takeConnectionLoss()
        guard isLost || numberStates[number.phoneNumberID]?.isRegistered ?? true else { throw .catalogued(133010) }
        return (number, faults.slow, isLost)
    }
}

extension MessageHistory.Entry {
    func json(appID: String) -> JSON {
        [
            "id": JSON(id), "message_id": JSON(messageID),
            "events": ["data": .array(events.map { $0.json(appID: appID) })],
        ]
    }
}

extension MessageHistory.Event {
    func json(appID: String) -> JSON {
        [
            "id": JSON(id), "delivery_status": JSON(status), "timestamp": JSON(time),
            "webhook_update_state": JSON(state.rawValue), "webhook_uri": JSON(url),
            "application": ["id": JSON(appID)], "error_description": error.map { JSON($0) },
        ]
    }
}
