import AdapterKit
import Synchronization

/// Forms that a provider's page posted to us, kept until the browser comes for them by itself.
///
/// A post from another site carries no cookie of ours, and the session cookie is not loosened for it. So the post is kept
/// for a moment and the browser is sent on to an address of our own, where its cookies arrive. In memory only: who comes
/// after a restart signs in again.
final class FormRelay: Sendable {
    static let lifetime: Duration = .seconds(60)
    private static let maximumForms = 256

    private struct Form {
        let connection: String
        let text: String
        let keptAt: Timestamp
    }

    private let clock: any ClockPort
    private let forms = Mutex<[String: Form]>([:])

    init(clock: any ClockPort) { self.clock = clock }

    /// - Returns: What the browser comes back with; nil when too many are kept.
    func keep(_ text: String, for connection: String) -> Secret? {
        let token = RandomToken.make()
        let now = clock.now
        return forms.withLock { forms in
            if forms.count >= Self.maximumForms { forms = forms.filter { now - $0.value.keptAt < Self.lifetime } }
            guard forms.count < Self.maximumForms else { return nil }
            forms[token.reveal()] = Form(connection: connection, text: text, keptAt: now)
            return token
        }
    }

    /// The form, once.
    func take(_ token: Secret, for connection: String) -> String? {
        guard let form = forms.withLock({ $0.removeValue(forKey: token.reveal()) }), form.connection == connection,
            clock.now - form.keptAt < Self.lifetime
        else { return nil }
        return form.text
    }
}
