import AdapterKit

/// What a provider's callback says, read strictly: each parameter once.
struct CallbackParameters: Sendable {
    /// Longer ones are not read.
    static let maximumLength = 64 * 1024

    /// A posted parameter that is longer is left out, as if it had not come: none that is read is, and a `user` that somebody
    /// made long is no reason to keep them out.
    private static let maximumParameter = 24 * 1024

    /// Decoded, and those that are there once.
    private(set) var values: [String: String] = [:]
    /// Why the callback is refused, if it is; its state may be known all the same, so that its transaction is spent.
    private(set) var fault: SignInRefusal?

    init(_ raw: String) {
        guard raw.utf8.count <= Self.maximumLength, let fields = FormText.decode(raw) else {
            fault = SignInRefusal(.malformedCallback)
            return
        }
        for (name, value) in fields {
            guard values[name] == nil else {
                fault = SignInRefusal(.doubledParameter, name == "state" ? "state" : nil)
                continue
            }
            values[name] = value
        }
        // Two states are none.
        if fault?.detail == "state" { values["state"] = nil }
    }

    /// A form as it was posted, without what is too long in it.
    static func shortened(_ form: String) -> String {
        guard form.utf8.count > maximumParameter else { return form }
        return form.utf8.split(separator: UInt8(ascii: "&")).filter { $0.count <= maximumParameter }
            .map { String($0) ?? "" }.joined(separator: "&")
    }

    var state: Secret? {
        guard let state = values["state"], (1...256).contains(state.utf8.count) else { return nil }
        return Secret(state)
    }

    /// What an error of the provider means; nil when there is none. An error counts whatever else is there.
    var refusal: SignInRefusal? {
        guard let error = values["error"] else { return nil }
        let cancels = ["access_denied", "user_cancelled_authorize", "user_cancelled_login", "user_denied"]
        return SignInRefusal(cancels.contains(error) ? .cancelled : .providerRefused)
    }
}
