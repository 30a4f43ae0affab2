/// The names of tenants, channels, systems, apps, API keys and connections: they stand in paths and addresses.
enum ConfigurationName {
    static let rule = "1 to 40 lower-case letters, digits and dashes, a letter or digit first"

    static func isValid(_ text: String) -> Bool {
        guard (1...40).contains(text.utf8.count), text.utf8.first != UInt8(ascii: "-") else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
    }
}
