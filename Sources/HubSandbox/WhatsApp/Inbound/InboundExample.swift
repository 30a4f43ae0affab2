/// A ready-made customer's message: one of every shape that the fact sheets of Meta and of client libraries know.
struct InboundExample: Sendable {
    /// What an example can refer to.
    struct Place: Sendable {
        let number: SandboxConfiguration.Number
        let customer: String
        let userID: String
        /// The newest message of the business, or the id of one that never was.
        let businessMessage: String
        /// The newest message of the customer, or the id of one that never was.
        let customerMessage: String

        /// The context of an answer to the business's newest message.
        var answer: JSON { ["from": JSON(number.digits), "id": JSON(businessMessage)] }
    }

    /// The `messages` element of an example, and the file it still needs.
    struct Made: Sendable {
        let content: JSON
        var sample: SampleMedia?
    }

    let name: String
    /// What it is, in a few words for people.
    let about: String
    private let make: @Sendable (Place) -> Made

    init(_ name: String, _ about: String, _ content: @escaping @Sendable (Place) -> JSON) {
        self.name = name
        self.about = about
        make = { Made(content: content($0)) }
    }

    /// An example with a file.
    init(_ name: String, _ about: String, sample: SampleMedia, _ media: JSON = [:], context: JSON? = nil) {
        self.name = name
        self.about = about
        let type = sample.type
        let content: JSON = .object([
            .init(name: "type", value: JSON(type)), .init(name: type, value: media),
        ])
        make = { _ in
            Made(
                content: content.with(context.map { [.init(name: "context", value: $0)] } ?? []), sample: sample)
        }
    }

    func made(_ place: Place) -> Made { make(place) }

    static let all: [InboundExample] = texts + files + places + answers + events + refusals

    /// - Throws: ``ControlError`` with the known names.
    static func named(_ name: String) throws(ControlError) -> InboundExample {
        guard let example = all.first(where: { $0.name == name }) else {
            throw ControlError(
                "no example '\(name.prefix(40))'; GET /_sandbox/whatsapp/inbound/examples lists them", http: 404)
        }
        return example
    }

    /// The list that `GET /_sandbox/whatsapp/inbound/examples` answers.
    static func list(_ place: Place) -> JSON {
        let items = all.map { example -> JSON in
            let made = example.made(place)
            return [
                "name": JSON(example.name), "type": made.content["type"], "about": JSON(example.about),
                "sample": made.sample.map { JSON($0.name) }, "message": made.content,
            ]
        }
        return ["examples": .array(items)]
    }
}
