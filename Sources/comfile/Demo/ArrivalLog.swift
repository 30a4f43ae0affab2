import AdapterKit
import Synchronization

/// The newest events that came in, each once.
final class ArrivalLog: Sendable {
    struct Arrival: Sendable {
        let number: Int
        let tenant: String
        let event: JSON
        let summary: EventSummary

        var json: JSON {
            .object([
                "number": .integer(number), "tenant": .string(tenant), "event": event,
                "summary": .string(summary.text), "notes": .array(summary.notes.map { .string($0) }),
            ])
        }
    }

    private struct State {
        var arrivals: [Arrival] = []
        var seen: Set<String> = []
        var count = 0
        /// Who wrote, by contact id: most events name the contact only by it.
        var names: [String: String] = [:]
    }

    /// Events that the page shows.
    private static let kept = 500

    private let state = Mutex(State())

    /// - Returns: nil for an event that is there already, as the hub delivers at least once.
    func add(_ event: JSON, id: String, tenant: String) -> Arrival? {
        state.withLock { state in
            guard state.seen.insert(id).inserted else { return nil }
            if let contact = event["data"]?["contact"], let id = contact["id"]?.string {
                state.names[id] = EventSummary.name(of: contact)
            }
            state.count += 1
            let summary = EventSummary(event, names: state.names)
            let arrival = Arrival(number: state.count, tenant: tenant, event: event, summary: summary)
            state.arrivals.append(arrival)
            if state.arrivals.count > Self.kept { state.arrivals.removeFirst() }
            return arrival
        }
    }

    /// What came after an arrival; everything when a page still counts from an earlier run.
    func arrivals(after number: Int) -> JSON {
        let (arrivals, count) = state.withLock { ($0.arrivals, $0.count) }
        return .array(arrivals.filter { $0.number > (number > count ? 0 : number) }.map(\.json))
    }
}
