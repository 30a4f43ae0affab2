import AdapterKit

/// The Meta app that a number is used through.
struct MetaApp: Sendable {
    let id: String?
    /// While it is rotated, the current one.
    let secret: Secret?
    let verifyToken: Secret?

    init(_ settings: AdapterSettings) {
        id = settings.text("app_id")
        secret = settings.secret("app_secret")
        verifyToken = settings.secret("verify_token")
    }

    /// What the app calls as itself with: its id and secret; nil without an id.
    var token: Secret? {
        guard let id, let secret else { return nil }
        return Secret("\(id)|\(secret.reveal())")
    }
}
