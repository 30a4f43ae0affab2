/// The host of a URL, in the one spelling under which it is compared, resolved, dialled and verified.
enum OutgoingHost: Sendable, Hashable {
    /// Lower case, without a trailing dot.
    case name(String)
    case address(IPAddress)

    /// Reads a host as it stands in a URL, with brackets around an IPv6 address.
    ///
    /// A name that ends in a number is an IPv4 address in some reader's eyes (`127.1`, `0x7f000001`, `017700000001`), so
    /// only a full dotted quad is taken, as in the URL standard's "ends in a number" rule. Names in other scripts have to be
    /// written in their ASCII form.
    init?(_ text: some StringProtocol) {
        if text.hasPrefix("[") {
            guard text.hasSuffix("]"), let address = IPAddress(String(text.dropFirst().dropLast())),
                case .v6 = address
            else { return nil }
            self = .address(address)
            return
        }
        var name = text.lowercased()
        if name.hasSuffix(".") { name.removeLast() }
        guard !name.isEmpty, name.utf8.count <= 253 else { return nil }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.allSatisfy(Self.isLabel) else { return nil }
        if let last = labels.last, Self.isNumber(last) {
            guard let address = IPAddress(name), case .v4 = address else { return nil }
            self = .address(address)
        } else {
            self = .name(name)
        }
    }

    /// Reads an entry of `allow_private_hosts`: a name or an address, an IPv6 address with or without brackets.
    init?(allowed text: String) {
        if let address = IPAddress(text) {
            self = .address(address)
        } else {
            self.init(text)
        }
    }

    /// The host as it is written into a URL.
    var urlText: String {
        switch self {
        case .name(let name): name
        case .address(let address):
            if case .v6 = address { "[\(address)]" } else { address.description }
        }
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count)
            && label.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                    UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    private static func isNumber(_ label: Substring) -> Bool {
        label.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            || label.hasPrefix("0x") && label.dropFirst(2).utf8.allSatisfy { UInt8($0).isHexDigit }
    }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: false
        }
    }
}
