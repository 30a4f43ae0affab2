import AdapterKit

/// The envelope of a webhook: `{"object", "entry": [{"id", "time"?, "changes": [{"field", "value"}]}]}`.
enum WebhookBody {
    private static let object = "whatsapp_business_account"

    /// One batch per change, because one body may hold the changes of several accounts and so of several tenants.
    static func read(_ body: [UInt8], receivedAt: Timestamp) -> WebhookReceipt {
        if let root = try? JSON.parse(body) { return read(root, receivedAt: receivedAt) }
        // Bytes that are not UTF-8 become U+FFFD: a message is not lost for one of them.
        let text = String(decoding: body, as: UTF8.self)
        do throws(JSON.ParsingError) {
            return read(try JSON.parse(text), receivedAt: receivedAt)
        } catch {
            return unreadable(.string(text), "the body is not JSON: \(error)")
        }
    }

    private static func read(_ root: JSON, receivedAt: Timestamp) -> WebhookReceipt {
        guard case .object = root else { return unreadable(.string(root.text), "the body is no object") }
        guard root["object"]?.string == object else { return unreadable(root, "the object is not \(object)") }
        guard case .array(let entries)? = root["entry"] else {
            return unreadable(root, "the body has no list of entries")
        }
        var batches: [InboundBatch] = []
        batches.reserveCapacity(entries.count)
        for entry in entries {
            guard case .array(let changes)? = entry["changes"] else {
                batches.append(
                    InboundBatch(
                        account: entry["id"]?.identifier.map(ProviderAccount.parent), updates: [],
                        replayBody: body(entries: entry), problem: "an entry has no list of changes"))
                continue
            }
            let header = EntryHeader(id: entry["id"], time: entry["time"])
            for change in changes {
                let replay = body(entries: header.entry(with: change))
                batches.append(
                    ChangeReader(entry: header, receivedAt: receivedAt).batch(of: change, replayBody: replay))
            }
        }
        return WebhookReceipt(batches: batches)
    }

    private static func body(entries: JSON...) -> JSON {
        .object([JSON.Member("object", .string(object)), JSON.Member("entry", .array(entries))])
    }

    /// A string as replay body stands for the body's own text.
    private static func unreadable(_ body: JSON, _ problem: String) -> WebhookReceipt {
        WebhookReceipt(batches: [InboundBatch(account: nil, updates: [], replayBody: body, problem: problem)])
    }
}

/// What a change takes from the entry that it stands in.
struct EntryHeader {
    let id: JSON?
    let time: JSON?

    /// Every change of the entry carries the two, so neither may be larger than an id or a time can be.
    init(id: JSON?, time: JSON?) {
        self.id = Self.isShort(id) ? id : nil
        self.time = Self.isShort(time) ? time : nil
    }

    private static func isShort(_ value: JSON?) -> Bool { value?.identifier.map { $0.utf8.count <= 64 } ?? false }

    func entry(with change: JSON) -> JSON {
        .object(["id": id, "time": time, "changes": .array([change])])
    }
}
