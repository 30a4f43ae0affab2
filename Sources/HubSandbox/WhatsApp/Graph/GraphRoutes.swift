import Hummingbird

/// The part of `graph.facebook.com` that a WhatsApp business uses: a file per part, each an extension of this type.
struct GraphRoutes: Sendable {
    let cloud: WhatsAppCloud

    func add(to router: Router<SandboxContext>) {
        let graph = GraphRouter(router: router, cloud: cloud)
        addMessages(to: graph)
        TemplateRoutes(cloud: cloud).add(to: graph)
        MediaRoutes(cloud: cloud).add(to: graph)
        UploadRoutes(cloud: cloud).add(to: graph)
        addAccounts(to: graph)
        addNumbers(to: graph)
        addSync(to: graph)
        addTokens(to: graph)
        addBatch(to: graph)
        addNodes(to: graph)
    }
}

extension WhatsAppCloud {
    /// The number that a call's path names, if its token may use it.
    func number(for call: GraphCall) throws(GraphError) -> SandboxConfiguration.Number {
        guard let number = number(call.id), call.token.accounts.contains(number.businessAccountID) else {
            throw call.unknownObject
        }
        return number
    }

    /// The numbers of the business account that a call's path names, if its token may use it; never empty.
    func account(for call: GraphCall) throws(GraphError) -> [SandboxConfiguration.Number] {
        let numbers = configuration.numbers.filter { $0.businessAccountID == call.id }
        guard !numbers.isEmpty, call.token.accounts.contains(call.id) else { throw call.unknownObject }
        return numbers
    }
}
