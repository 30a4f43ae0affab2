/// The keys of this process, made when first asked for: making one takes long, and many sandboxes may run in one test.
actor SigningKeyPool {
    static let shared = SigningKeyPool()

    private var made: [String: SigningKey] = [:]

    /// The key of that name, always the same one.
    func key(_ name: String, bits: Int = 2048) throws -> SigningKey {
        if let key = made[name] { return key }
        let key = try SigningKey(bits: bits)
        made[name] = key
        return key
    }
}
