import Hummingbird

/// The control calls that make webhooks: messages, any field, ready-made examples, batches, exact bodies, the handshake.
extension ControlRoutes {
    func addWebhooks(to group: RouterGroup<SandboxContext>) {
        group.post("inbound") { request, _ in try await inbound(try await request.json()) }
        group.post("webhook") { request, _ in try await webhook(try await request.json()) }
        group.post("field") { request, _ in try await field(try await request.json()) }
        group.post("batch") { request, _ in try await batch(try await request.json()) }
        group.get("examples") { _, _ in
            let examples = WebhookExamples.all.map { example -> JSON in
                [
                    "example": JSON(example.name), "field": JSON(example.field),
                    "metadata": .bool(WebhookField.ofNumbers.contains(example.field)),
                    "documented": .bool(example.isDocumented),
                    "value": cloud.configuration.numbers.first.map { example.value(context(of: $0)) },
                ]
            }
            return Response.json(["examples": .array(examples)])
        }
        group.post("handshake") { request, _ in
            let number = try await number(in: try await request.json())
            return Response.json(await cloud.courier.handshake(number).json)
        }
        group.get("webhooks") { _, _ in
            Response.json(["webhooks": .array(await cloud.courier.posts.map(\.json))])
        }
    }

    private func inbound(_ json: JSON) async throws -> Response {
        let message = try await cloud.inbound(json, number: try await number(in: json))
        let (id, outcome) = await cloud.receive(message)
        return .json(.object([JSON.Member(name: "id", value: JSON(id))] + (outcome.json.members ?? [])))
    }

    private func context(of number: SandboxConfiguration.Number) -> WebhookExample.Context {
        let configuration = cloud.configuration
        return WebhookExample.Context(
            number: number, now: cloud.now, businessID: configuration.businessID, appID: configuration.appID)
    }

    /// `{"waba" | "phone_number_id", "field", "value"}`, or `"example"` in place of field and value; `"value"` beside an
    /// example replaces members of it.
    private func field(_ json: JSON) async throws -> Response {
        let number = try await numberOrAccount(in: json)
        let field: String
        var value: JSON
        if let name = json["example"]?.text {
            guard let example = WebhookExamples.named(name) else {
                throw ControlError(
                    "no example '\(name.prefix(64))'; GET /_sandbox/whatsapp/examples lists them", http: 404)
            }
            field = example.field
            value = example.value(context(of: number))
            for member in json["value"]?.members ?? [] { value = value.replacing(member.name, with: member.value) }
        } else {
            guard let name = json["field"]?.text, !name.isEmpty, name.count <= 100 else {
                throw ControlError("'field' or 'example' is missing")
            }
            guard let given = json["value"] else { throw ControlError("'value' (the change's value) is missing") }
            field = name
            value = given
        }
        var update = WebhookUpdate(number: number, field: field, value: value, now: cloud.now)
        // A field that nobody knows may be of either kind: with a time it is an account's.
        if let time = json["time"] { update.entryTime = time.integer }
        let outcome = await cloud.courier.deliver(update, faults: await cloud.faults.delivery)
        return .json(["field": JSON(field), "value": update.element] + outcome.json)
    }

    private func webhook(_ json: JSON) async throws -> Response {
        let body: [UInt8]
        if let raw = json["raw"]?.text {
            body = Array(raw.utf8)
        } else if let value = json["body"] {
            body = value.bytes
        } else {
            throw ControlError("'body' (any JSON) or 'raw' (text sent as it is) is missing")
        }
        let fault: SignatureFault =
            switch json["sign"] ?? true {
            case true: .none
            case false: .missing
            case "wrong": .wrong
            default: throw ControlError("'sign' takes true, false or \"wrong\"")
            }
        let number = json["phone_number_id"] == nil ? cloud.configuration.numbers.first : try await number(in: json)
        guard let number else { throw ControlError("the sandbox has no numbers") }
        let url = cloud.courier.routing.url(field: "messages", number: number) ?? number.webhookURL
        let signature = fault.header(of: body, secret: cloud.configuration.appSecret)
        return .json(await cloud.courier.post(body, to: url, signature: signature).json)
    }
}
