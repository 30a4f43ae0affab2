import AdapterKit
import Testing

@testable import WhatsAppCloud

@Suite("What holds for every shape of webhook")
struct ShapeTests {
    @Test("It is read whole, without a problem, for an account", arguments: Shape.all)
    func whole(shape: Shape) throws {
        let batches = try Harness.receive(shape.body)
        #expect(batches.reduce(0) { $0 + $1.updates.count } == shape.updates)
        #expect(batches.allSatisfy { $0.problem == nil && $0.account != nil })
    }

    @Test("A repeat is read the same, and each batch comes again by its replay body", arguments: Shape.all)
    func again(shape: Shape) throws {
        let batches = try Harness.receive(shape.body)
        #expect(try Harness.receive(shape.body) == batches)
        for batch in batches { #expect(try Harness.replay(batch) == [batch]) }
    }

    @Test("Each shape keeps its updates in one body with all others, in any order")
    func batch() throws {
        let shapes = Shape.all + Shape.all.reversed()
        let entries = try shapes.flatMap { try JSON.parse($0.body)["entry"]?.elements ?? [] }
        let body = JSON.object(["object": "whatsapp_business_account", "entry": .array(entries)])
        let batches = try Harness.receive(body.encoded)
        let apart = try shapes.flatMap { try Harness.receive($0.body) }
        #expect(batches == apart)
    }

    /// What an item needs to be told from a repeat, or to be given to somebody.
    private static let ids = Set([
        "id", "from", "from_user_id", "wa_id", "user_id", "to", "to_user_id", "recipient_id", "recipient_user_id",
        "event",
        "phone_number", "message_template_name", "message_template_language", "value", "previous", "current", "status",
        "parent_user_id", "from_parent_user_id", "threads",
    ])

    @Test("Without an id it is kept, as a problem, a notice or what is left of it", arguments: Shape.all)
    func missingID(shape: Shape) throws {
        let root = try JSON.parse(shape.body)
        for name in Self.ids {
            let body = root.without(name)
            guard body != root else { continue }
            for batch in try Harness.receive(body.encoded) {
                #expect(!batch.updates.isEmpty || batch.problem != nil, "without \(name)")
                #expect(try Harness.replay(batch) == [batch], "without \(name)")
                for case .message(let message) in batch.updates {
                    #expect(!message.providerID.isEmpty && !message.sender.isEmpty, "without \(name)")
                }
            }
        }
    }

    @Test("A broken neighbour takes nothing away from a message", arguments: Shape.all)
    func neighbours(shape: Shape) throws {
        let root = try JSON.parse(shape.body)
        for list in [
            "messages", "statuses", "calls", "message_echoes", "user_preferences", "state_sync", "user_id_update",
        ] {
            let body = root.adding(.array([7, .null, .object(["type": "text"])]), toListsNamed: list)
            guard body != root else { continue }
            let batches = try Harness.receive(body.encoded)
            let whole = try Harness.receive(shape.body).flatMap(\.updates)
            let read = batches.flatMap(\.updates)
            #expect(whole.filter { !$0.isNotice }.allSatisfy(read.contains), "beside a broken one of \(list)")
            #expect(batches.contains { $0.problem != nil }, "beside a broken one of \(list)")
        }
    }
}

extension InboundUpdate {
    var isNotice: Bool { if case .notice = self { true } else { false } }
}

extension JSON {
    /// The value without members of this name, wherever they stand.
    func without(_ name: String) -> JSON {
        switch self {
        case .array(let elements): .array(elements.map { $0.without(name) })
        case .object(let members):
            .object(members.filter { $0.name != name }.map { Member($0.name, $0.value.without(name)) })
        default: self
        }
    }

    /// The value with these elements before and behind those of lists of this name.
    func adding(_ others: JSON, toListsNamed name: String) -> JSON {
        switch self {
        case .array(let elements): return .array(elements.map { $0.adding(others, toListsNamed: name) })
        case .object(let members):
            return .object(
                members.map { member in
                    guard member.name == name, case .array(let elements) = member.value else {
                        return Member(member.name, member.value.adding(others, toListsNamed: name))
                    }
                    return Member(name, .array(others.elements + elements + others.elements))
                })
        default: return self
        }
    }
}
