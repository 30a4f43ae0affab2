/// Calls back once, when all servers listen.
actor ListeningCount {
    private var missing: Int
    private let complete: @Sendable () async -> Void

    init(expected: Int, _ complete: @escaping @Sendable () async -> Void) {
        missing = expected
        self.complete = complete
    }

    /// One more server listens.
    func add() async {
        missing -= 1
        if missing == 0 { await complete() }
    }
}
