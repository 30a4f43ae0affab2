import HTTPTypes
import Hummingbird
import HummingbirdCore

/// `GET`, `POST` and `DELETE` on an object itself: a number, a business account, and what other parts of the sandbox own.
extension GraphRoutes {
    /// Answers for the objects of one part, or returns nil for an id that is none of its own. It checks the token's reach.
    typealias NodeHandler = @Sendable (GraphCall) async throws -> JSON?

    /// Asked in this order until one knows the id.
    private var nodes: [NodeHandler] {
        [
            number, account, app,
            { call in try await cloud.templateNode(call) }, { call in try await cloud.mediaNode(call) },
        ]
    }

    func addNodes(to graph: GraphRouter) {
        let nodes = nodes
        let answer: GraphRouter.Handler = { call in
            for node in nodes {
                if let json = try await node(call) { return json }
            }
            throw call.unknownObject
        }
        graph.get(":id", answer)
        graph.post(":id", answer)
        graph.delete(":id", answer)
    }

    @Sendable private func number(_ call: GraphCall) async throws -> JSON? {
        guard await cloud.number(call.id) != nil else { return nil }
        let number = try await managed(call)
        switch call.request.method {
        case .get: return try await cloud.numberNode(number, fields: call.query["fields"])
        case .post: return try await change(number, call)
        default: return nil
        }
    }

    /// `POST /{phone_number_id}`: the PIN, the number's own callback, a new display name, search visibility.
    private func change(_ number: SandboxConfiguration.Number, _ call: GraphCall) async throws -> JSON {
        var isChange = false
        if let pin = call.text("pin") {
            try await cloud.changeState(of: number) { (state) throws(GraphError) in try state.setPIN(pin) }
            let value: JSON = ["display_phone_number": JSON(number.digits), "event": "PIN_CHANGED"]
            await cloud.announce("security", value, of: number)
            isChange = true
        }
        if let configuration = call.parameter("webhook_configuration") {
            let url = try await callback(call, configuration)
            cloud.courier.routing.setOverride(url, number: number.phoneNumberID)
            isChange = true
        }
        if let name = call.text("new_display_name") {
            guard (2...75).contains(name.count) else {
                throw GraphError.invalid("Param new_display_name must have 2 to 75 characters.")
            }
            try await cloud.changeState(of: number) { $0.newName = name }
            isChange = true
        }
        guard isChange else { throw GraphError.missing("pin, webhook_configuration or new_display_name") }
        return ["success": true]
    }

    @Sendable private func account(_ call: GraphCall) async throws -> JSON? {
        guard cloud.configuration.numbers.contains(where: { $0.businessAccountID == call.id }) else { return nil }
        let numbers = try await cloud.account(for: call)
        try call.require(.management)
        guard call.request.method == .get else { return nil }
        return try await cloud.accountNode(numbers, fields: call.query["fields"])
    }

    @Sendable private func app(_ call: GraphCall) async throws -> JSON? {
        let configuration = cloud.configuration
        guard call.id == configuration.appID || call.id == "app", call.request.method == .get else { return nil }
        return ["id": JSON(configuration.appID), "name": "Sandbox", "link": "https://www.facebook.com/games/"]
    }
}
