/// Comparison of secrets.
public enum ConstantTime {
    /// Whether two texts are the same. How long it takes tells their lengths and nothing else.
    public static func isEqual(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    public static func isEqual(_ left: String, _ right: String) -> Bool { isEqual(left.utf8, right.utf8) }
}
