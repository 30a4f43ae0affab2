extension MessageContent {
    /// What a person chose of an interactive message.
    public enum InteractiveReply: Sendable, Equatable, Codable {
        /// A reply button: its id as well as its title.
        case button(Interactive.Action.Option)
        /// A row of a list.
        case row(Interactive.Action.Option)
        case form(FormAnswer)
        /// Whether the business may call, and until when.
        case callPermission(isGranted: Bool, until: Timestamp?, source: String?)

        /// The answer to a flow, or to an address message.
        public struct FormAnswer: Sendable, Equatable, Codable {
            /// Such as `flow` or `address_message`.
            public var name: String?
            /// What the chat shows for it.
            public var body: String?
            /// What was filled in, when ``text`` is JSON.
            public var answer: JSON?
            /// The answer exactly as it came.
            public var text: String?

            public init(name: String?, body: String?, text: String?) {
                self.name = name
                self.body = body
                self.text = text
                answer = text.flatMap { try? JSON.parse($0) }
            }
        }

        var json: JSON {
            func option(_ option: Interactive.Action.Option) -> JSON {
                .object([
                    "id": .string(option.id), "title": .string(option.title), "description": .text(option.description),
                ])
            }
            return switch self {
            case .button(let chosen): .object(["type": "button_reply", "button_reply": option(chosen)])
            case .row(let chosen): .object(["type": "list_reply", "list_reply": option(chosen)])
            case .form(let form):
                .object([
                    "type": "nfm_reply",
                    "nfm_reply": .object([
                        "name": .text(form.name), "body": .text(form.body), "response": form.answer,
                        "response_json": .text(form.text),
                    ]),
                ])
            case .callPermission(let isGranted, let until, let source):
                .object([
                    "type": "call_permission_reply",
                    "call_permission_reply": .object([
                        "response": isGranted ? "accept" : "reject",
                        "expiration_timestamp": until.map { .integer($0.milliseconds / 1000) },
                        "response_source": .text(source),
                    ]),
                ])
            }
        }
    }

    /// A quick-reply button of a template that a person tapped.
    public struct ButtonReply: Sendable, Equatable, Codable {
        public var payload: String?
        public var text: String

        public init(payload: String?, text: String) {
            self.payload = payload
            self.text = text
        }

        var json: JSON { .object(["payload": .text(payload), "text": .string(text)]) }
    }
}
