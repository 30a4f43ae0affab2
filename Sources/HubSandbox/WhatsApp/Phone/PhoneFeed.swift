/// The phone pages that are open, each watching one thread.
struct PhoneFeed: Sendable {
    /// Pages that may be open at once.
    static let limit = 64

    /// What an open page is sent.
    enum Event: Sendable {
        case json(JSON)
        /// Nothing new; a connection whose page has gone is found out by it.
        case heartbeat

        /// The event as a server-sent event.
        var line: [UInt8] {
            switch self {
            case .json(let json): Array("data: ".utf8) + json.bytes + Array("\n\n".utf8)
            case .heartbeat: Array(": still here\n\n".utf8)
            }
        }
    }

    private struct Page: Sendable {
        let key: PhoneThread.Key
        let events: AsyncStream<Event>.Continuation
    }

    private var pages: [Int: Page] = [:]
    private var lastID = 0

    /// Opens a page, or returns nil when too many are open.
    mutating func open(_ key: PhoneThread.Key) -> (id: Int, events: AsyncStream<Event>)? {
        guard pages.count < Self.limit else { return nil }
        lastID += 1
        // A page that does not read loses its oldest events; it gets the whole thread when it connects again.
        let (events, continuation) = AsyncStream.makeStream(of: Event.self, bufferingPolicy: .bufferingNewest(512))
        pages[lastID] = Page(key: key, events: continuation)
        return (lastID, events)
    }

    mutating func close(_ id: Int) { pages.removeValue(forKey: id)?.events.finish() }

    /// Whether somebody holds this customer's phone: reading is then up to them, whichever chat they look at.
    func isOpen(_ key: PhoneThread.Key) -> Bool { pages.values.contains { $0.key.customer == key.customer } }

    /// Tells the pages on a thread; the event is only made when there is one.
    func publish(_ event: @autoclosure () -> JSON, to key: PhoneThread.Key) {
        let watching = pages.values.filter { $0.key == key }
        guard !watching.isEmpty else { return }
        let event = event()
        for page in watching { page.events.yield(.json(event)) }
    }

    /// Tells the customer's pages on other threads that their list of chats has changed.
    func publishElsewhere(_ key: PhoneThread.Key) {
        for page in pages.values where page.key.customer == key.customer && page.key != key {
            page.events.yield(.json(["type": "chats"]))
        }
    }

    /// Tells every page to start over.
    func publishReset() {
        for page in pages.values { page.events.yield(.json(["type": "thread", "messages": []])) }
    }

    func publishHeartbeat() {
        for page in pages.values { page.events.yield(.heartbeat) }
    }
}
