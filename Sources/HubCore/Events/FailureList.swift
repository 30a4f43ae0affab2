import HubStore
import Synchronization

/// Gathers the deliveries of a window that did not arrive.
final class FailureList: Sendable {
    private let list = Mutex<[FailedDelivery]>([])

    var all: [FailedDelivery] { list.withLock { $0 } }

    func add(_ delivery: FailedDelivery) { list.withLock { $0.append(delivery) } }
}
