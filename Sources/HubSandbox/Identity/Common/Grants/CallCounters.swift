/// How often each of a provider's endpoints was called, so that a test can tell one call from two.
struct CallCounters: Sendable {
    private var counts: [String: Int] = [:]

    mutating func count(_ call: String) { counts[call, default: 0] += 1 }

    mutating func reset() { counts = [:] }

    var json: JSON { .object(counts.sorted { $0.key < $1.key }.map { .init(name: $0, value: JSON($1)) }) }
}
