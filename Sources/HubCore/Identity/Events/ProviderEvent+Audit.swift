import AdapterKit
import HubStore

extension ProviderEvent.Kind {
    /// The code in the audit; nothing of what the event is about.
    var code: String {
        switch self {
        case .sessionsRevoked: "sessions_revoked"
        case .tokensRevoked: "tokens_revoked"
        case .tokenRevoked: "token_revoked"
        case .accountDisabled: "account_disabled"
        case .accountEnabled: "account_enabled"
        case .consentRevoked: "consent_revoked"
        case .accountDeleted: "account_deleted"
        case .emailDeliverable(true): "email_enabled"
        case .emailDeliverable(false): "email_disabled"
        case .erasureRequested: "erasure_requested"
        case .customerDataRequested: "customer_data_requested"
        case .customerErasureRequested: "customer_erasure_requested"
        case .shopErasureRequested: "shop_erasure_requested"
        case .uninstalled: "uninstalled"
        case .order: "order"
        case .verification: "verification"
        case .unknown: "unknown"
        }
    }
}

extension Tenant {
    func audit(_ event: ProviderEvent, _ connection: String, people: [String]) async throws {
        guard !people.isEmpty else {
            return try await audit("provider_event.taken", reason: event.kind.code, connection: connection)
        }
        for person in people {
            try await audit("provider_event.taken", reason: event.kind.code, connection: connection, person: person)
        }
    }
}
