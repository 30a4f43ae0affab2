extension IPAddress {
    /// Whether the address is one of the public internet's, by IANA's special-purpose registries (RFC 6890).
    ///
    /// IPv4 is public unless listed; IPv6 is public only inside 2000::/3, so that mapped, translated, local, multicast
    /// and yet unassigned addresses are out without being named.
    public var isPublic: Bool {
        switch self {
        case .v4(let bits):
            !Self.reservedV4.contains { bits & $0.mask == $0.prefix }
        case .v6(let high, _):
            high >> 61 == 0b001 && !Self.reservedV6.contains { high & $0.mask == $0.prefix }
        }
    }

    private static let reservedV4: [(prefix: UInt32, mask: UInt32)] = [
        v4(0, 0, 0, 0, 8),  // this network
        v4(10, 0, 0, 0, 8),  // private
        v4(100, 64, 0, 0, 10),  // carrier-grade NAT
        v4(127, 0, 0, 0, 8),  // loopback
        v4(168, 63, 129, 16, 32),  // the host of a virtual machine at one provider: public by number, local by route
        v4(169, 254, 0, 0, 16),  // link-local, with the metadata services
        v4(172, 16, 0, 0, 12),  // private
        v4(192, 0, 0, 0, 24),  // protocol assignments
        v4(192, 0, 2, 0, 24),  // documentation
        v4(192, 88, 99, 0, 24),  // 6to4 relays
        v4(192, 168, 0, 0, 16),  // private
        v4(198, 18, 0, 0, 15),  // benchmarks
        v4(198, 51, 100, 0, 24),  // documentation
        v4(203, 0, 113, 0, 24),  // documentation
        v4(224, 0, 0, 0, 4),  // multicast
        v4(240, 0, 0, 0, 4),  // reserved and broadcast
    ]

    /// What inside 2000::/3 is not public.
    private static let reservedV6: [(prefix: UInt64, mask: UInt64)] = [
        v6(0x2001_0000, 23),  // protocol assignments, with Teredo and ORCHID
        v6(0x2001_0DB8, 32),  // documentation
        v6(0x2002_0000, 16),  // 6to4: an IPv4 address inside
        v6(0x3FFF_0000, 20),  // documentation
    ]

    private static func v4(_ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32, _ length: UInt32) -> (UInt32, UInt32) {
        (a << 24 | b << 16 | c << 8 | d, ~UInt32(0) << (32 - length))
    }

    private static func v6(_ first32: UInt64, _ length: UInt64) -> (UInt64, UInt64) {
        (first32 << 32, ~UInt64(0) << (64 - length))
    }
}
