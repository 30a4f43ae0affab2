/// A dictionary that forgets the key that came first once it holds more than its limit.
struct BoundedMap<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private var values: [Key: Value] = [:]
    private var order: BoundedLog<Key>

    init(limit: Int) { order = BoundedLog(limit: limit) }

    subscript(key: Key) -> Value? { values[key] }

    /// The values, oldest first.
    var all: [Value] { order.elements.compactMap { values[$0] } }

    /// Changes the value of a key in place, starting from `initial` for a new key.
    mutating func update<Result>(_ key: Key, initial: Value, _ change: (inout Value) -> Result) -> Result {
        if values[key] == nil, let dropped = order.append(key) { values[dropped] = nil }
        return change(&values[key, default: initial])
    }

    mutating func set(_ key: Key, _ value: Value) { update(key, initial: value) { $0 = value } }

    mutating func removeAll() {
        values = [:]
        order.removeAll()
    }
}
