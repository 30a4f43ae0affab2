import Hummingbird

/// The calls by which a person or a test plays Meta and the customers: `/_sandbox/…`.
struct ControlRoutes: Sendable {
    let cloud: WhatsAppCloud

    func add(to router: Router<SandboxContext>) {
        router.get("_sandbox") { _, _ in
            Response.json(["sandbox": "whatsapp", "numbers": .array(cloud.configuration.numbers.map(\.publicJSON))])
        }
        router.post("_sandbox/reset") { _, _ in
            await cloud.reset()
            return Response.json(["success": true])
        }
        let group = router.group("_sandbox/whatsapp")
        group.post("inbound") { request, _ in try await inbound(try await request.json()) }
        group.post("webhook") { request, _ in try await webhook(try await request.json()) }
        group.post("handshake") { request, _ in
            let number = try await number(in: try await request.json())
            return Response.json(await cloud.courier.handshake(number).json)
        }
        group.get("faults") { _, _ in Response.json(await cloud.faults.json) }
        group.put("faults") { request, _ in
            let plan = try FaultPlan(try await request.json())
            for id in plan.deadTokens where await cloud.number(id) == nil { throw unknownNumber(id) }
            await cloud.replaceFaults(plan)
            return Response.json(plan.json)
        }
        group.get("messages") { request, _ in
            let query = request.uri.queryParameters
            let number = query["phone_number_id"].map(String.init)
            let callbackData = query["biz_opaque_callback_data"].map(String.init)
            // A `+` in a query is often meant as itself; digits say enough.
            let to = query["to"].map { $0.filter(\.isWholeNumber) }
            return Response.json(
                await cloud.acceptedMessages { message in
                    (number ?? message.number.phoneNumberID) == message.number.phoneNumberID
                        && (to ?? message.customer) == message.customer
                        && (callbackData == nil || callbackData == message.message.callbackData)
                })
        }
        group.get("webhooks") { _, _ in
            Response.json(["webhooks": .array(await cloud.courier.posts.map(\.json))])
        }
    }

    private func inbound(_ json: JSON) async throws -> Response {
        let message = try InboundMessage(json, number: try await number(in: json))
        let (id, outcome) = await cloud.receive(message)
        return .json(.object([JSON.Member(name: "id", value: JSON(id))] + (outcome.json.members ?? [])))
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
        let secret = cloud.configuration.appSecret
        let signature: String? =
            switch json["sign"] ?? true {
            case true: WebhookSignature.header(of: body, secret: secret)
            case false: nil
            case "wrong": WebhookSignature.header(of: body, secret: "not-\(secret)")
            default: throw ControlError("'sign' takes true, false or \"wrong\"")
            }
        let number = json["phone_number_id"] == nil ? cloud.configuration.numbers.first : try await number(in: json)
        guard let number else { throw ControlError("the sandbox has no numbers") }
        return .json(await cloud.courier.post(body, to: number.webhookURL, signature: signature).json)
    }

    private func number(in json: JSON) async throws -> SandboxConfiguration.Number {
        guard let id = json["phone_number_id"]?.text else { throw ControlError("'phone_number_id' is missing") }
        guard let number = await cloud.number(id) else { throw unknownNumber(id) }
        return number
    }

    private func unknownNumber(_ id: String) -> ControlError {
        let known = cloud.configuration.numbers.map(\.phoneNumberID).joined(separator: ", ")
        return ControlError("no number '\(id.prefix(40))' here; known are \(known)", http: 404)
    }
}

extension SandboxConfiguration.Number {
    /// What anybody may know of a number.
    var publicJSON: JSON {
        [
            "phone_number_id": JSON(phoneNumberID), "display_phone_number": JSON(displayPhoneNumber),
            "business_account_id": JSON(businessAccountID), "name": JSON(name), "webhook_url": JSON(webhookURL),
        ]
    }
}
