import Synchronization

/// Where each webhook goes: the number's own callback, else its business account's, else the app's.
final class WebhookRouting: Sendable {
    private struct State {
        var numbers: [String: String] = [:]
        var accounts: [String: String] = [:]
        /// The app's callback when it was set by a call; the configuration's otherwise.
        var app: String?
        /// Fields that the app asked for; nil: all.
        var fields: Set<String>?
        var unsubscribed: Set<String> = []
    }

    private let state = Mutex(State())

    /// The receiver of a field's webhooks, or nil when the app is not subscribed to the account or the field.
    func url(field: String, number: SandboxConfiguration.Number) -> String? {
        state.withLock { state in
            guard !state.unsubscribed.contains(number.businessAccountID), state.fields?.contains(field) ?? true else {
                return nil
            }
            let app = state.app ?? number.webhookURL
            guard WebhookField.followingOverrides.contains(field) else { return app }
            return state.numbers[number.phoneNumberID] ?? state.accounts[number.businessAccountID] ?? app
        }
    }

    /// `webhook_configuration` of a number: every callback that it has, the one that counts first.
    func json(_ number: SandboxConfiguration.Number) -> JSON {
        state.withLock { state in
            [
                "phone_number": state.numbers[number.phoneNumberID].map { JSON($0) },
                "whatsapp_business_account": state.accounts[number.businessAccountID].map { JSON($0) },
                "application": JSON(state.app ?? number.webhookURL),
            ]
        }
    }

    /// Sets a number's own callback; nil removes it.
    func setOverride(_ url: String?, number: String) { state.withLock { $0.numbers[number] = url } }

    /// Sets a business account's own callback; nil removes it.
    func setOverride(_ url: String?, account: String) { state.withLock { $0.accounts[account] = url } }

    func override(account: String) -> String? { state.withLock { $0.accounts[account] } }

    /// Sets the app's callback and the fields it wants.
    /// - Parameter fields: nil for all.
    func setApp(_ url: String?, fields: Set<String>?) {
        state.withLock { state in
            state.app = url
            state.fields = fields
        }
    }

    /// The app's callback and fields, where calls have set them.
    var app: (url: String?, fields: Set<String>?) { state.withLock { ($0.app, $0.fields) } }

    func isSubscribed(account: String) -> Bool { state.withLock { !$0.unsubscribed.contains(account) } }

    func setSubscribed(_ isSubscribed: Bool, account: String) {
        state.withLock { state in
            if isSubscribed { state.unsubscribed.remove(account) } else { state.unsubscribed.insert(account) }
        }
    }

    func reset() { state.withLock { $0 = State() } }
}
