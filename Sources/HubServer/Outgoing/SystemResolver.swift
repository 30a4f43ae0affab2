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

    /// By its text: which module the fields of a socket address belong to depends on what else is compiled with this file.
    private static func address(_ info: addrinfo) -> IPAddress? {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        guard getnameinfo(info.ai_addr, info.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0
        else {
            return nil
        }
        let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        // Without the zone that a link-local address may have.
        return IPAddress(String(decoding: bytes.prefix { $0 != UInt8(ascii: "%") }, as: UTF8.self))
    }
}
