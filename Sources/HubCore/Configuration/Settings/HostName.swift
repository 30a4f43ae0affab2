/// Checks what can be the host of an address.
enum HostName {
    /// Whether the text is made as a DNS name, an IPv4 address or an IPv6 address without brackets.
    static func isValid(_ text: some StringProtocol) -> Bool {
        guard (1...253).contains(text.utf8.count) else { return false }
        if text.contains(":") {
            let groups = text.split(separator: ":", omittingEmptySubsequences: false)
            return (3...9).contains(groups.count)
                && groups.allSatisfy { $0.count <= 4 && $0.allSatisfy(\.isHexDigit) || $0.contains(".") && isValid($0) }
        }
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                        true
                    default: false
                    }
                }
        }
    }
}
