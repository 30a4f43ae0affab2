import AdapterKit

/// Does what can be done with a number.
struct NumberDesk: Sendable {
    let graph: GraphClient
    let app: MetaApp

    var number: GraphPath { "\(graph.phoneNumberID)" }

    func perform(_ operation: NumberOperation, _ parameters: AdapterSettings) async throws(ProviderFailure) -> JSON {
        let answer =
            switch operation {
            case .numbers: try await numbers()
            case .health: try await health()
            case .limits: try await limits()
            case .register: try await register(parameters)
            case .deregister: try await deregister()
            case .requestCode: try await requestCode(parameters)
            case .verifyCode: try await verifyCode(parameters)
            case .setPIN: try await setPIN(parameters)
            case .profile: try await profile()
            case .setProfile: try await setProfile(parameters)
            case .username: try await graph.json(.get("\(graph.phoneNumberID)/username"))
            case .setUsername: try await setUsername(parameters)
            case .deleteUsername: try await graph.json(.delete("\(graph.phoneNumberID)/username"))
            case .usernameSuggestions: try await graph.json(.get("\(graph.phoneNumberID)/username_suggestions"))
            case .subscribedApps: try await subscribedApps()
            case .subscribeApp: try await subscribeApp(parameters)
            case .unsubscribeApp: try await graph.json(.delete("\(graph.businessAccountID)/subscribed_apps"))
            case .webhook: try await graph.json(.get(number, [(name: "fields", value: "webhook_configuration")]))
            case .setWebhook: try await setWebhook(parameters)
            case .removeWebhook: try await removeWebhook()
            case .token: try await token()
            case .exchangeCode: try await exchangeCode(parameters)
            case .forgetToken: try await forgetToken()
            case .syncContacts: try await sync("smb_app_state_sync")
            case .syncHistory: try await sync("history")
            case .messageHistory: try await messageHistory(parameters)
            case .contactBookDelete: try await deleteFromContactBook(parameters)
            }
        return answer.withoutTokens
    }

    static func refusal(_ code: String, _ title: String) -> ProviderFailure {
        ProviderFailure(.refused, FailureReason(code: code, title: title))
    }
}

extension JSON {
    /// Without what may have a token in it: the addresses of other pages have, whoever asked with one.
    fileprivate var withoutTokens: JSON {
        switch self {
        case .array(let elements): .array(elements.map(\.withoutTokens))
        case .object(let members):
            .object(
                members.filter { $0.name != "paging" && $0.name != "access_token" }
                    .map { Member($0.name, $0.value.withoutTokens) })
        default: self
        }
    }
}
