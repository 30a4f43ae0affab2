import AdapterKit
import HTTPTypes
import HubCore
import Hummingbird

/// The hub's cookies: what came with a request, and how they are set.
///
/// With https their names begin with `__Host-`, so that no other host and no page without https can set or see them. On
/// this machine without https, for trying out, browsers would refuse that: the names are plain then, and every page says
/// so.
struct HubCookies: Sendable {
    enum Name: Sendable {
        /// The session of a person at a tenant.
        case session(tenant: String)
        /// What a browser got at the start of a sign-in: a name of its own for each, so that two tabs do not disturb one
        /// another.
        case transaction(String)
        /// An invitation on its way to the sign-in page.
        case invitation(tenant: String)
        /// What a form has to repeat.
        case form

        fileprivate var text: String {
            switch self {
            case .session(let tenant): "comfile-\(tenant)"
            case .transaction(let id): "\(HubCookies.transactionPrefix)\(id)"
            // A tenant's id has no underscore and no capital, so these cannot be the session of a tenant.
            case .invitation(let tenant): "comfile_invitation-\(tenant)"
            case .form: "comfile_csrf"
            }
        }
    }

    private static let transactionPrefix = "comfile_tx-"
    /// Sign-ins that a browser may have open at once: when another starts, the oldest is given up.
    static let maximumTransactions = 8

    private let origin: PublicOrigin
    private var values: [String: String] = [:]

    init(_ request: Request, origin: PublicOrigin) {
        self.origin = origin
        var doubled: Set<String> = []
        for pair in request.headers[values: .cookie].flatMap({ $0.split(separator: ";") }) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            let name = String(parts[0].drop { $0 == " " })
            let value = String(parts[1])
            if let known = values[name], known != value { doubled.insert(name) }
            values[name] = value
        }
        // Of two that contradict one another one was planted, and nobody knows which.
        for name in doubled { values[name] = nil }
    }

    subscript(name: Name) -> Secret? { values[full(name)].flatMap { $0.isEmpty ? nil : Secret($0) } }

    /// What the browser was given at the starts that are still open.
    var transactions: [Secret] { openTransactions.compactMap { values[$0].map { Secret($0) } } }

    /// The oldest first: the names begin with the time.
    private var openTransactions: [String] {
        let prefix = prefix + Self.transactionPrefix
        return values.keys.filter { $0.hasPrefix(prefix) }.sorted()
    }

    // MARK: Setting

    /// - Parameter lifetime: Nil: until the browser is closed.
    func set(_ name: Name, _ value: Secret, lifetime: Duration?) -> HTTPField {
        let age = lifetime.map { "; Max-Age=\($0.components.seconds)" } ?? ""
        return field("\(full(name))=\(value.reveal())\(age)")
    }

    func end(_ name: Name) -> HTTPField { field("\(full(name))=; Max-Age=0") }

    /// Keeps what a start gave the browser, and gives up the oldest when there are too many.
    func begin(_ browser: Secret, lifetime: Duration, at now: Timestamp) -> [HTTPField] {
        // Eleven digits for a few thousand years, so that the names sort.
        let time = String(now.milliseconds, radix: 36)
        let id = String(repeating: "0", count: max(0, 11 - time.count)) + time + "-" + RandomText.make().prefix(8)
        let excess = openTransactions.dropLast(Self.maximumTransactions - 1)
        return [set(.transaction(id), browser, lifetime: lifetime)]
            + excess.map { field("\($0)=; Max-Age=0") }
    }

    /// `Lax`: sent when a link or a provider leads here, and with no form of another site.
    private func field(_ start: String) -> HTTPField {
        HTTPField(
            name: .setCookie,
            value: start + "; Path=/; HttpOnly; SameSite=Lax"
                + (origin.isSecure ? "; Secure" : ""))
    }

    private var prefix: String { origin.isSecure ? "__Host-" : "" }

    private func full(_ name: Name) -> String { prefix + name.text }
}
