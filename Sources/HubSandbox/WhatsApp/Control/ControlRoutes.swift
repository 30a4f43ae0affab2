import Hummingbird

/// The calls by which a person or a test plays Meta and the customers: `/_sandbox/…`.
struct ControlRoutes: Sendable {
    let cloud: WhatsAppCloud
    let identity: IdentitySandbox

    func add(to router: Router<SandboxContext>) {
        router.get("_sandbox") { _, _ in
            Response.json(["sandbox": "whatsapp", "numbers": .array(cloud.configuration.numbers.map(\.publicJSON))])
        }
        router.post("_sandbox/reset") { _, _ in
            await cloud.reset()
            await identity.reset()
            return Response.json(["success": true])
        }
        let group = router.group("_sandbox/whatsapp")
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
        addWebhooks(to: group)
        addNumbers(to: group)
        addRules(to: group)
        addTemplates(to: group)
        addClock(to: group)
        addTokens(to: group)
    }

    func number(in json: JSON) async throws -> SandboxConfiguration.Number {
        guard let id = json["phone_number_id"]?.text else { throw ControlError("'phone_number_id' is missing") }
        guard let number = await cloud.number(id) else { throw unknownNumber(id) }
        return number
    }

    /// The number of `phone_number_id`, or the first of the account of `waba`.
    func numberOrAccount(in json: JSON) async throws -> SandboxConfiguration.Number {
        guard json["phone_number_id"] == nil, let account = json["waba"]?.text else {
            return try await number(in: json)
        }
        guard let number = cloud.configuration.numbers.first(where: { $0.businessAccountID == account }) else {
            let known = Set(cloud.configuration.numbers.map(\.businessAccountID)).sorted().joined(separator: ", ")
            throw ControlError("no business account '\(account.prefix(40))' here; known are \(known)", http: 404)
        }
        return number
    }

    private func unknownNumber(_ id: String) -> ControlError {
        let known = cloud.configuration.numbers.map(\.phoneNumberID).joined(separator: ", ")
        return ControlError("no number '\(id.prefix(40))' here; known are \(known)", http: 404)
    }

    private func addClock(to group: RouterGroup<SandboxContext>) {
        group.get("clock") { _, _ in Response.json(cloud.clock.json) }
        group.post("clock") { request, _ in
            let json = try await request.json()
            guard let advance = json["advance_ms"]?.integer, (0...315_360_000_000).contains(advance) else {
                throw ControlError("'advance_ms' takes milliseconds from 0 to ten years")
            }
            cloud.clock.advance(milliseconds: advance)
            return Response.json(cloud.clock.json)
        }
    }

    private func addTokens(to group: RouterGroup<SandboxContext>) {
        group.post("codes") { request, _ in Response.json(try await cloud.makeCode(try await request.json())) }
        group.post("tokens") { request, _ in Response.json(try await cloud.makeToken(try await request.json())) }
        group.post("tokens/kill") { request, _ in Response.json(try await cloud.killToken(try await request.json())) }
        group.get("app") { _, _ in Response.json(await cloud.app.json) }
        group.put("app") { request, _ in Response.json(try await cloud.changeApp(try await request.json())) }
    }
}

extension SandboxClock {
    var json: JSON { ["now_ms": JSON(milliseconds), "now": JSON(seconds), "advanced_ms": JSON(offset)] }
}

extension WhatsAppCloud {
    func changeApp(_ json: JSON) throws(ControlError) -> JSON {
        try app.change(json)
        return app.json
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
