/// Finds the addresses of a name.
public protocol AddressResolver: Sendable {
    /// All addresses of the name, the one to try first in front.
    /// - Throws: when the name has none or nobody answered.
    func addresses(of name: String) async throws -> [IPAddress]

    /// Lets go of threads; no look-up follows.
    func shutdown()
}

extension AddressResolver {
    public func shutdown() {}
}
