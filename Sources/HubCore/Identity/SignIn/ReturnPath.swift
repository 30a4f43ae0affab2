/// Where somebody goes after a sign-in: a page of the same tenant on our own origin, or the default.
enum ReturnPath {
    static func account(_ tenant: String) -> String { "/account/\(tenant)" }

    /// The path if it is one of the tenant's pages, letter by letter; nothing is decoded or mended.
    static func checked(_ path: String?, tenant: String) -> String {
        let home = account(tenant)
        guard let path, path.utf8.count <= 512, path == home || path.hasPrefix(home + "/"),
            path.utf8.allSatisfy(isPlain), !path.contains("//"), !path.contains("..")
        else { return home }
        return path
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }
}
