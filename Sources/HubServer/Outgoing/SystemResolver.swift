import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The operating system's resolver (`getaddrinfo`), on threads of its own because it blocks.
///
/// It has no timeout: a caller stops waiting when it wants, and the thread is free again when the system gives up.
public final class SystemResolver: AddressResolver {
    /// Why a name has no addresses: the code of `getaddrinfo`.
    public struct LookupFailure: Error, Sendable, Equatable {
        /// An `EAI_` code.
        public let code: Int32
    }

    private let threads: NIOThreadPool

    /// - Parameter threads: How many names are looked up at once.
    public init(threads: Int = 16) {
        self.threads = NIOThreadPool(numberOfThreads: threads)
        self.threads.start()
    }

    public func addresses(of name: String) async throws -> [IPAddress] {
        try await threads.runIfActive { try Self.lookUp(name) }
    }

    public func shutdown() {
        // Not waited for: a look-up under way may take the system's whole patience.
        threads.shutdownGracefully { _ in }
    }

    private static func lookUp(_ name: String) throws(LookupFailure) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_protocol = Int32(IPPROTO_TCP)
        var first: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(name, nil, &hints, &first)
        guard code == 0, let first else { throw LookupFailure(code: code) }
        defer { freeaddrinfo(first) }

        var addresses: [IPAddress] = []
        for info in sequence(first: first, next: { $0.pointee.ai_next }) {
            guard let address = address(info.pointee), !addresses.contains(address) else { continue }
            addresses.append(address)
        }
        guard !addresses.isEmpty else { throw LookupFailure(code: EAI_NONAME) }
        return addresses
    }

    private static func address(_ info: addrinfo) -> IPAddress? {
        guard let raw = UnsafeRawPointer(info.ai_addr) else { return nil }
        switch info.ai_family {
        case AF_INET: return .v4(UInt32(bigEndian: raw.loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr))
        case AF_INET6: return IPAddress(raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr)
        default: return nil
        }
    }
}
