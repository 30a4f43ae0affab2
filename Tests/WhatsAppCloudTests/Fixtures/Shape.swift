import AdapterTesting
import Testing

/// A webhook of one shape, and how many updates it holds.
struct Shape: Sendable, CustomTestStringConvertible {
    let name: String
    let body: String
    let updates: Int

    init(_ name: String, _ body: String, updates: Int = 1) {
        self.name = name
        self.body = body
        self.updates = updates
    }

    var testDescription: String { name }

    /// Every shape that the fixtures have.
    static let all =
        Fixtures.samples + Fixtures.mediaShapes + Fixtures.answerShapes + Fixtures.chatShapes + Fixtures.systemShapes
        + Fixtures.statusShapes + Fixtures.conversationShapes + Fixtures.callShapes + Fixtures.peopleShapes
        + Fixtures.templateShapes + Fixtures.accountShapes

    var sample: WebhookSample { WebhookSample(name, body, items: updates) }
}

extension Fixtures {
    /// A message of Sheena with these members besides id, sender and time.
    static func message(_ members: String, id: String = "wamid.x") -> String {
        change(
            #""contacts":[{"profile":{"name":"Sheena Nelson","username":"sheena"},"wa_id":"16505551234","user_id":"US.1349"}],"#
                + #""messages":[{"from":"16505551234","from_user_id":"US.1349","id":""# + id
                + #"","timestamp":"1795420700","# + members + "}]")
    }

    /// A body of one change of a number's field, with these members of `value` besides metadata.
    static func field(_ field: String, _ value: String) -> String {
        change(value).replacing(#""field":"messages""#, with: #""field":""# + field + #"""#)
    }

    /// Shapes that were here first.
    static let samples = [
        Shape("two numbers", twoNumbers, updates: 4), Shape("a text", text), Shape("a user id only", userIDOnly),
        Shape("a user id in place of the number", userIDInPlaceOfPhone), Shape("a ninth digit", ninthDigit),
        Shape("a message with an error", interactiveWithError, updates: 2),
        Shape("a reaction taken back", reactionRemoved), Shape("a button without context", buttonWithoutContext),
        Shape("a number changed", numberChanged, updates: 2), Shape("group statuses", groupStatuses, updates: 2),
        Shape("a failed message", failed), Shape("a paused template", templatePaused),
        Shape("an unknown field", unknownField),
    ]
}
