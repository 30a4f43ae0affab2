import HubCore
import Testing

@Suite("A route")
struct RouteTests {
    @Test(
        "carries what it names",
        arguments: [
            (nil, "message.received", "support", true), ("*", "message.received", "support", true),
            ("*", "message.received", nil, true), ("support", "message.received", "support", true),
            ("support", "message.received", "care", false), ("support", "message.received", nil, false),
            (nil, "message.status", "support", false), (nil, "contact.updated", nil, true),
            (nil, "contacts.updated", nil, false),
        ] as [(String?, String, String?, Bool)])
    func carries(_ from: String?, _ type: String, _ channel: String?, _ expected: Bool) {
        let route = RouteConfiguration(from: from, to: "crm", events: ["message.received", "contact.*"])
        #expect(route.carries(type, from: channel) == expected)
    }

    @Test("may name every event type, and every kind of them")
    func patterns() {
        #expect(EventPattern.patterns.contains("message.received"))
        #expect(EventPattern.patterns.contains("message.*"))
        #expect(
            EventPattern.types.allSatisfy { type in
                EventPattern.patterns.contains { $0.hasSuffix(".*") && EventPattern.matches($0, type: type) }
            })
    }
}
