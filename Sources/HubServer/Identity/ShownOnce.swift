import AdapterKit
import Synchronization

/// What a person sees once after a form, such as a new key: in memory only, for the session that asked for it and for the
/// one page that comes next. So it stands in no address and no cookie.
final class ShownOnce: Sendable {
    private static let lifetime: Duration = .seconds(120)
    private static let maximum = 1000

    /// Which page shows it.
    enum Kind: Hashable, Sendable {
        case invitation, key, test(String), failedTest(String)
        /// With the id of the person whom the link lets back in.
        case wayBackIn(String)
    }

    private struct Place: Hashable {
        let tenant: String
        let session: String
        let kind: Kind
    }

    private struct Item {
        let text: Secret
        let keptAt: ContinuousClock.Instant
    }

    private let items = Mutex<[Place: Item]>([:])

    /// Keeps a text for the next look. When there are too many, the oldest gives way.
    func keep(_ text: Secret, _ kind: Kind, for visitor: (tenant: String, session: String)) {
        let now = ContinuousClock.now
        items.withLock { items in
            items = items.filter { now - $0.value.keptAt < Self.lifetime }
            if items.count >= Self.maximum, let oldest = items.min(by: { $0.value.keptAt < $1.value.keptAt })?.key {
                items[oldest] = nil
            }
            items[Place(tenant: visitor.tenant, session: visitor.session, kind: kind)] = Item(text: text, keptAt: now)
        }
    }

    func take(_ kind: Kind, for visitor: (tenant: String, session: String)) -> Secret? {
        let place = Place(tenant: visitor.tenant, session: visitor.session, kind: kind)
        guard let item = items.withLock({ $0.removeValue(forKey: place) }),
            ContinuousClock.now - item.keptAt < Self.lifetime
        else { return nil }
        return item.text
    }
}
