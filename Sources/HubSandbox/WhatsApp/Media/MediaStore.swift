import Crypto
import FoundationEssentials

/// The files of all numbers, in memory: when they are too many or too long together, the oldest go first.
struct MediaStore: Sendable {
    /// Bytes kept together.
    static let totalLimit = 256 * 1024 * 1024
    /// Files kept.
    static let countLimit = 5000

    private var items: [String: MediaItem] = [:]
    /// Ids in the order of coming; those of removed items stay until they are passed by.
    private var order: [String] = []
    private(set) var totalBytes = 0
    private let key = SymmetricKey(size: .bits256)
    private let limit: Int

    /// - Parameter limit: bytes kept together.
    init(limit: Int = MediaStore.totalLimit) { self.limit = limit }

    var count: Int { items.count }

    mutating func put(_ item: MediaItem) {
        items[item.id] = item
        order.append(item.id)
        totalBytes += item.bytes.count
        // The newest stays even when it alone is over the limit: what was answered with an id must be there.
        while order.count > 1, totalBytes > limit || items.count > Self.countLimit || order.count > 2 * Self.countLimit
        {
            _ = remove(order.removeFirst())
        }
    }

    /// The item of that id, while it lives.
    /// - Parameter now: Unix seconds.
    func item(_ id: String, now: Int) -> MediaItem? {
        guard let item = items[id], item.isAlive(at: now) else { return nil }
        return item
    }

    /// - Returns: whether there was such an item.
    mutating func remove(_ id: String) -> Bool {
        guard let item = items.removeValue(forKey: id) else { return false }
        totalBytes -= item.bytes.count
        return true
    }

    mutating func removeAll() {
        items = [:]
        order = []
        totalBytes = 0
    }

    /// The path and query at which an item can be fetched until a time.
    /// - Parameter end: Unix seconds.
    func path(of id: String, until end: Int) -> String {
        "/whatsapp_business/attachments/?mid=\(id)&ext=\(end)&hash=\(signature(of: id, until: end))"
    }

    /// The item that an address names, if the address is ours, is not over, and the item lives.
    func item(addressed id: String, until end: Int, signature: String, now: Int) -> MediaItem? {
        guard signature == self.signature(of: id, until: end), now < end else { return nil }
        return item(id, now: now)
    }

    private func signature(of id: String, until end: Int) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Data("\(id)|\(end)".utf8), using: key)
        return code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
