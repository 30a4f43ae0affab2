import AdapterKit

extension NumberDesk {
    func profile() async throws(ProviderFailure) -> JSON {
        let fields = "about,address,description,email,profile_picture_url,websites,vertical"
        let answer = try await graph.json(
            .get("\(graph.phoneNumberID)/whatsapp_business_profile", [(name: "fields", value: fields)]))
        return answer["data"]?.elements.first ?? answer
    }

    func setProfile(_ parameters: AdapterSettings) async throws(ProviderFailure) -> JSON {
        let change = try ProfileChange.json(parameters)
        return try await graph.json(.post("\(graph.phoneNumberID)/whatsapp_business_profile", change))
    }

    func setUsername(_ parameters: AdapterSettings) async throws(ProviderFailure) -> JSON {
        try await graph.json(
            .post(
                "\(graph.phoneNumberID)/username",
                .object([
                    "username": parameters.text("username").map { .string($0) },
                    "transfer_action": parameters.text("transfer_action").map { .string($0) },
                ])))
    }
}
