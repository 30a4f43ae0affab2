import AdapterKit

/// What is read of one change, item by item: one that cannot be read leaves its neighbours alone.
struct UpdateList {
    private(set) var updates: [InboundUpdate] = []
    private var problems: [ItemProblem] = []

    /// Whether nothing was read and nothing was wrong.
    var isEmpty: Bool { updates.isEmpty && problems.isEmpty }

    /// All that was wrong, each thing once; nil when all was well.
    var problem: String? {
        problems.isEmpty ? nil : problems.map(\.reason).joined(separator: "; ")
    }

    mutating func append(_ update: InboundUpdate) { updates.append(update) }

    mutating func add(_ read: () throws(ItemProblem) -> InboundUpdate) {
        do throws(ItemProblem) {
            updates.append(try read())
        } catch {
            report(error)
        }
    }

    /// The same problem of many items is said once.
    mutating func report(_ problem: ItemProblem) {
        if !problems.contains(problem) { problems.append(problem) }
    }

    /// The elements of a member; one that is there and is no list is a problem.
    mutating func elements(_ value: JSON?, _ name: StaticString) -> [JSON] {
        switch value {
        case .array(let elements): return elements
        case nil, .null: return []
        default:
            report(ItemProblem(reason: "\(name) is no list"))
            return []
        }
    }
}

/// Why one item of a change cannot be taken; the others can. It never quotes the item.
struct ItemProblem: Error, Equatable {
    let reason: String

    static let messageWithoutID = ItemProblem(reason: "a message without an id")
    static let messageWithoutSender = ItemProblem(reason: "a message without a sender")
    static let statusWithoutID = ItemProblem(reason: "a status without an id or a status")
    static let callWithoutID = ItemProblem(reason: "a call without an id or an event")
    static let callWithoutPerson = ItemProblem(reason: "a call without a person")
    static let contactWithoutName = ItemProblem(reason: "a contact without a phone number or user id")
    static let preferenceWithoutPerson = ItemProblem(reason: "a preference without a person")
    static let templateWithoutName = ItemProblem(reason: "news of a template without its name or language")
    static let notAnObject = ItemProblem(reason: "an item that is no object")
}
