/// The newest entries, up to a limit: what is older is forgotten, so that a sandbox under load stays small.
struct BoundedLog<Element: Sendable>: Sendable {
    private var storage: [Element] = []
    private var oldest = 0
    let limit: Int

    init(limit: Int) { self.limit = max(1, limit) }

    /// Oldest first.
    var elements: [Element] { Array(storage[oldest...] + storage[..<oldest]) }

    /// Adds an entry and returns the one that had to go for it.
    @discardableResult
    mutating func append(_ element: Element) -> Element? {
        guard storage.count == limit else {
            storage.append(element)
            return nil
        }
        let dropped = storage[oldest]
        storage[oldest] = element
        oldest = (oldest + 1) % limit
        return dropped
    }

    mutating func removeAll() {
        storage = []
        oldest = 0
    }
}
