/// The history that a number brings from the WhatsApp Business app: how much of it, and what it looks like.
struct HistoryPlan: Hashable, Sendable {
    /// Phases as Meta counts them: 0 the last day, 1 the last 90 days, 2 the last 180.
    static let phases = 3

    var threads = 2
    var messagesPerThread = 6

    private func customer(_ index: Int) -> String { String(16_505_550_000 + index) }
    private func name(_ index: Int) -> String { ["Pablo Morales", "Sheena Nelson", "Jürgen Groß", "李娜"][index % 4] }

    /// The contacts of the app, as `state_sync` elements.
    func contacts(now: Int) -> [JSON] {
        (0..<threads).map { AppSync.contact(name: name($0), phone: customer($0), action: "add", at: now) }
    }

    /// The values of `history` webhooks: a chunk per phase, progress from first to last.
    func chunks(of number: SandboxConfiguration.Number, now: Int) -> [JSON] {
        (0..<Self.phases).map { phase -> JSON in
            let days = [1, 90, 180][phase]
            let items = (0..<threads).map { thread -> JSON in
                let messages = (0..<messagesPerThread).filter { $0 % Self.phases == phase }.map { index in
                    message(index, thread: thread, number: number, time: now - days * 43_200 + index)
                }
                return ["id": JSON(customer(thread)), "messages": .array(messages)]
            }
            let progress = (phase + 1) * 100 / Self.phases
            return [
                "history": [
                    [
                        "metadata": [
                            "phase": JSON(phase), "chunk_order": 1, "progress": JSON(progress),
                        ],
                        "threads": .array(items),
                    ]
                ]
            ]
        }
    }

    private func message(
        _ index: Int, thread: Int, number: SandboxConfiguration.Number, time: Int
    ) -> JSON {
        let isFromCustomer = index.isMultiple(of: 2)
        let customer = customer(thread)
        let content: JSON =
            index == 4
            ? ["type": "media_placeholder"] : ["type": "text", "text": ["body": JSON("Old message \(index + 1)")]]
        let front: JSON = [
            "from": JSON(isFromCustomer ? customer : number.digits), "to": isFromCustomer ? nil : JSON(customer),
            "id": JSON(MessageID.make(party: customer, author: isFromCustomer ? .customer : .business)),
            "timestamp": JSON(String(time)),
        ]
        return front + content + ["history_context": ["status": isFromCustomer ? "PENDING" : "READ"]]
    }

    /// A media message of the history, which comes by itself and without a thread.
    static func mediaFollowUp(of number: SandboxConfiguration.Number, now: Int) -> JSON {
        let customer = "16505550000"
        return [
            "messages": [
                [
                    "from": JSON(customer), "id": JSON(MessageID.make(party: customer, author: .customer)),
                    "timestamp": JSON(String(now - 3600)), "type": "image",
                    "image": [
                        "caption": "From before", "mime_type": "image/jpeg",
                        "sha256": "3f9d94d399fa6dbf0df1f7f1a5e5ad8a8ae0ee2b3a0bd3b1b7f5c1a0f4d0a111",
                        "id": "1003383421387256",
                    ],
                ]
            ]
        ]
    }

    /// What comes when the business has chosen not to share its history.
    static let declined: JSON = [
        "history": [["errors": [GraphError.catalogued(2_593_109).webhookElement]]]
    ]
}
