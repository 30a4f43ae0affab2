/// A file or folder of ours in Drive, as it is kept: its id is written down before it is made.
struct FiledObject: Equatable {
    let id: String
    /// The folder that it is in; one that is in another folder than it should be is made anew.
    let parent: String
    /// Whether Drive has said that it is there.
    var isMade: Bool
    /// Of the content that was filed last; nil for what never changes.
    var digest: String?

    init(id: String, parent: String, isMade: Bool = false, digest: String? = nil) {
        self.id = id
        self.parent = parent
        self.isMade = isMade
        self.digest = digest
    }

    /// Nil for a text that is none of ``text``.
    init?(_ text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, Self.isID(parts[0]), Self.isID(parts[1]) else { return nil }
        self.init(id: parts[0], parent: parts[1], isMade: parts[2] == "made", digest: parts[3] == "-" ? nil : parts[3])
    }

    var text: String { "\(id) \(parent) \(isMade ? "made" : "planned") \(digest ?? "-")" }

    /// Ids go into addresses.
    static func isID(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
