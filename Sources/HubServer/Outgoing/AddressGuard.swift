import AdapterKit

/// Which destinations the hub calls: public https, and what the operator named.
///
/// A host in `allow_private_hosts` may stand for any address, speak plain http and use any port. Every other host needs
/// https on port 443 or 8443, and all of its addresses have to be public: a name with one private address among public
/// ones is refused whole, because the resolver decides which is dialled.
struct AddressGuard: Sendable {
    /// The ports for hosts that the operator did not name.
    static let publicPorts: Set<Int> = [443, 8443]

    private let allowed: Set<OutgoingHost>

    /// - Parameter allowPrivateHosts: Names or addresses without port. One that is no host allows nothing.
    init(allowPrivateHosts: Set<String>) {
        allowed = Set(allowPrivateHosts.compactMap(OutgoingHost.init(allowed:)))
    }

    /// Checks what the URL alone tells.
    func check(_ destination: OutgoingDestination) throws(HTTPFailure) {
        if allowed.contains(destination.host) { return }
        guard destination.scheme == .https else {
            throw .refused(reason: "plain http is for hosts in allow_private_hosts only")
        }
        guard Self.publicPorts.contains(destination.port) else {
            throw .refused(reason: "the port is neither 443 nor 8443, and the host is not in allow_private_hosts")
        }
    }

    /// Checks every address that the host stands for now.
    func check(_ addresses: [IPAddress], of destination: OutgoingDestination) throws(HTTPFailure) {
        if allowed.contains(destination.host) { return }
        guard addresses.allSatisfy(\.isPublic) else {
            throw .refused(reason: "the host has an address that is not public, and is not in allow_private_hosts")
        }
    }
}
