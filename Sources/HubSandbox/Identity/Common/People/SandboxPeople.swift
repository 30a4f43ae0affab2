import Hummingbird
import Synchronization

/// The people who can sign in, the same at all providers.
final class SandboxPeople: Sendable {
    /// More people are refused.
    static let limit = 100

    private let people = Mutex(SandboxPerson.samples)

    var all: [SandboxPerson] { people.withLock { $0 } }

    subscript(id: String) -> SandboxPerson? { all.first { $0.id == id } }

    func reset() { people.withLock { $0 = SandboxPerson.samples } }

    /// The person whom a control call names by `person`.
    func person(in json: JSON) throws(ControlError) -> SandboxPerson {
        guard let id = json["person"]?.text else { throw ControlError("'person' is missing") }
        guard let person = self[id] else {
            throw ControlError(
                "no person '\(id.prefix(40))' here; known are \(all.map(\.id).joined(separator: ", "))", http: 404)
        }
        return person
    }

    /// Replaces all people by those of `{"people": [...]}`.
    func replace(_ json: JSON) throws(ControlError) {
        guard let elements = json["people"]?.elements, !elements.isEmpty, elements.count <= Self.limit else {
            throw ControlError("'people' takes a list of 1 to \(Self.limit) people")
        }
        var replaced: [SandboxPerson] = []
        for element in elements {
            let person = try SandboxPerson(element)
            guard !replaced.contains(where: { $0.id == person.id }) else {
                throw ControlError("two people have the id '\(person.id)'")
            }
            replaced.append(person)
        }
        people.withLock { [replaced] in $0 = replaced }
    }

    func add(to router: Router<SandboxContext>) {
        router.get("_sandbox/people") { _, _ in Response.json(self.json) }
        router.put("_sandbox/people") { request, _ in
            try self.replace(try await request.json())
            return Response.json(self.json)
        }
    }

    private var json: JSON { ["people": .array(all.map(\.json))] }
}
