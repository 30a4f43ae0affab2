import AdapterKit
import NIOCore
import Synchronization

/// The addresses of names, kept for a short time, with one look-up per name at once.
final class NameTable: Sendable {
    private enum Entry {
        case pending(EventLoopFuture<[IPAddress]>)
        case known([IPAddress], until: NIODeadline)
        /// No address came. Remembered so that a dead name costs one look-up in a while, not one per call.
        case unknown(until: NIODeadline)

        func isStale(_ now: NIODeadline) -> Bool {
            switch self {
            case .pending: false
            case .known(_, let until), .unknown(let until): until <= now
            }
        }
    }

    private struct NoAddress: Error {}
    private struct OutOfTime: Error {}

    /// How many names are kept before stale ones are swept out.
    private static let sweepAbove = 1024
    /// How long a failed look-up is remembered.
    private static let failureLifetime: TimeAmount = .seconds(2)
    /// How long a call waits for a name, however long it may take itself.
    private static let patience: TimeAmount = .seconds(5)

    private let resolver: any AddressResolver
    private let group: any EventLoopGroup
    private let lifetime: TimeAmount
    private let entries = Mutex<[String: Entry]>([:])

    init(resolver: any AddressResolver, group: any EventLoopGroup, lifetime: TimeAmount) {
        self.resolver = resolver
        self.group = group
        self.lifetime = lifetime
    }

    /// The addresses of the name, the one to try first in front, never none.
    /// - Throws: ``HTTPFailure/notConnected(reason:)`` when there are none or they do not come in time.
    func addresses(of name: String, before deadline: NIODeadline) async throws(HTTPFailure) -> [IPAddress] {
        let now = NIODeadline.now()
        let entry = entries.withLock { entries -> Entry in
            if let entry = entries[name], !entry.isStale(now) { return entry }
            if entries.count >= Self.sweepAbove { entries = entries.filter { !$0.value.isStale(now) } }
            let entry = Entry.pending(lookUp(name))
            entries[name] = entry
            return entry
        }
        switch entry {
        case .known(let addresses, _): return addresses
        case .unknown: throw .notConnected(reason: "the host's name has no address")
        case .pending(let future): return try await wait(for: future, until: min(deadline, now + Self.patience))
        }
    }

    /// Puts an address in front, after one before it could not be reached.
    func prefer(_ address: IPAddress, of name: String) {
        entries.withLock { entries in
            guard case .known(var addresses, let until) = entries[name], let index = addresses.firstIndex(of: address)
            else { return }
            addresses.swapAt(0, index)
            entries[name] = .known(addresses, until: until)
        }
    }

    /// Starts a look-up; its end, not its caller's patience, replaces the pending entry, so that one that hangs is not repeated.
    private func lookUp(_ name: String) -> EventLoopFuture<[IPAddress]> {
        let eventLoop = group.any()
        let found = eventLoop.makeFutureWithTask { [resolver] in
            let addresses = try await resolver.addresses(of: name)
            guard !addresses.isEmpty else { throw NoAddress() }
            return addresses
        }
        // In a task of the loop, and so after the caller has put the pending entry in place.
        found.whenComplete { result in eventLoop.execute { self.finish(name, result) } }
        return found
    }

    private func finish(_ name: String, _ result: Result<[IPAddress], any Error>) {
        let now = NIODeadline.now()
        entries.withLock { entries in
            if case .success(let addresses) = result {
                entries[name] = .known(addresses, until: now + lifetime)
            } else {
                entries[name] = .unknown(until: now + Self.failureLifetime)
            }
        }
    }

    private func wait(
        for future: EventLoopFuture<[IPAddress]>, until deadline: NIODeadline
    ) async throws(HTTPFailure) -> [IPAddress] {
        let promise = future.eventLoop.makePromise(of: [IPAddress].self)
        let timer = future.eventLoop.scheduleTask(deadline: deadline) { promise.fail(OutOfTime()) }
        future.whenComplete {
            timer.cancel()
            promise.completeWith($0)
        }
        do {
            return try await promise.futureResult.get()
        } catch is OutOfTime {
            throw .notConnected(reason: "the host's name was not resolved in time")
        } catch {
            throw .notConnected(reason: "the host's name has no address")
        }
    }
}
