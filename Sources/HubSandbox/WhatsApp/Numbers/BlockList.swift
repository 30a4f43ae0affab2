/// The customers that a business number has blocked: `/{phone_number_id}/block_users`.
struct BlockList: Hashable, Sendable {
    /// Meta's limit.
    static let limit = 64_000

    /// One customer, as the call named them.
    struct Entry: Hashable, Sendable {
        /// `wa_id`, for one blocked by number.
        var phone: String?
        var userID: String?

        var json: JSON {
            ["messaging_product": "whatsapp", "wa_id": phone.map { JSON($0) }, "user_id": userID.map { JSON($0) }]
        }
    }

    private(set) var entries: [Entry] = []
    private var index: Set<Entry> = []

    func contains(_ entry: Entry) -> Bool { index.contains(entry) }

    mutating func add(_ entry: Entry) {
        if index.insert(entry).inserted { entries.append(entry) }
    }

    /// - Returns: whether it was there.
    mutating func remove(_ entry: Entry) -> Bool {
        guard index.remove(entry) != nil else { return false }
        entries.removeAll { $0 == entry }
        return true
    }
}

/// The outcome of blocking or unblocking, which may be one part done and one part not.
struct BlockAnswer: Sendable {
    /// `added_users` or `removed_users`.
    let done: String
    var users: [JSON] = []
    var failed: [JSON] = []

    /// The answer, and its HTTP status: an error beside what was done when some failed.
    func json(traceID: String) -> (JSON, http: Int) {
        var result: JSON = [done: .array(users)]
        if !failed.isEmpty { result = result.adding("failed_users", .array(failed)) }
        let answer: JSON = ["messaging_product": "whatsapp", "block_users": result]
        guard !failed.isEmpty else { return (answer, 200) }
        var error = GraphError.catalogued(139100)
        error.details = "Failed to \(done == "added_users" ? "block" : "unblock") some users, see the block_users."
        return (answer.adding("error", error.envelope(traceID: traceID)["error"] ?? .null), error.http)
    }
}
