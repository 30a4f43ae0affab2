import Synchronization

/// What became of the webhooks of each sent message's statuses, for `GET /{phone_number_id}/message_history`.
final class MessageHistory: Sendable {
    /// What the receiver has done with a status so far.
    enum State: String, Sendable {
        case pending = "PENDING"
        case delivered = "DELIVERED"
        case retrying = "RETRYING"
        case failed = "FAILED"
    }

    struct Event: Sendable {
        let id: String
        /// `SENT`, `DELIVERED`, `READ`, `FAILED` …
        let status: String
        /// Unix seconds.
        let time: Int
        let url: String
        var state: State
        /// Why the receiver has not taken it, in words.
        var error: String?
    }

    struct Entry: Sendable {
        let id: String
        let phoneNumberID: String
        let messageID: String
        var events: [Event]
    }

    private struct Storage {
        var entries: BoundedMap<String, Entry>
        var messagesByID: BoundedMap<String, String>
        var nextID = 1_000_000_000_000_001

        mutating func takeID() -> String {
            nextID += 1
            return String(nextID)
        }
    }

    private let storage: Mutex<Storage>

    init(limit: Int = 20_000) {
        storage = Mutex(Storage(entries: BoundedMap(limit: limit), messagesByID: BoundedMap(limit: limit)))
    }

    /// Notes what came of posting statuses.
    func record(_ updates: [WebhookUpdate], url: String, state: State, error: String? = nil) {
        let statuses = updates.filter { $0.kind == .status }
        guard !statuses.isEmpty else { return }
        storage.withLock { storage in
            for update in statuses {
                Self.record(update, url: url, state: state, error: error, in: &storage)
            }
        }
    }

    private static func record(
        _ update: WebhookUpdate, url: String, state: State, error: String?, in storage: inout Storage
    ) {
        guard let messageID = update.element["id"]?.text, let status = update.element["status"]?.text?.uppercased(),
            let time = update.element["timestamp"]?.text.flatMap({ Int($0) })
        else { return }
        var entry: Entry
        if let known = storage.entries[messageID] {
            entry = known
        } else {
            entry = Entry(
                id: storage.takeID(), phoneNumberID: update.number.phoneNumberID, messageID: messageID, events: [])
            storage.messagesByID.set(entry.id, messageID)
        }
        if let index = entry.events.firstIndex(where: { $0.status == status }) {
            entry.events[index].state = state
            entry.events[index].error = error
        } else if entry.events.count < 100 {
            entry.events.append(
                Event(id: storage.takeID(), status: status, time: time, url: url, state: state, error: error))
        }
        storage.entries.set(messageID, entry)
    }

    func entry(messageID: String) -> Entry? { storage.withLock { $0.entries[messageID] } }

    /// The entry of that id, for `GET /{message_history_id}/events`.
    func entry(id: String) -> Entry? {
        storage.withLock { storage in storage.messagesByID[id].flatMap { storage.entries[$0] } }
    }

    func reset() {
        storage.withLock { storage in
            storage.entries.removeAll()
            storage.messagesByID.removeAll()
        }
    }
}
