import HTTPTypes
import Hummingbird

/// What hangs off a number: registration, profile, settings, username, blocked users, contact book.
extension GraphRoutes {
    func addNumbers(to graph: GraphRouter) {
        addRegistration(to: graph)
        addProfile(to: graph)
        addUsername(to: graph)
        addBlocking(to: graph)
        graph.delete(":id/contact_book") { call in
            _ = try await managed(call)
            try call.requireProduct()
            let userID = try call.text("bsuid") ?? call.requiredText("user_id")
            guard Recipient.user(from: userID) != nil else { throw GraphError.badValue("bsuid is not a user id") }
            cloud.courier.contactBook.forget(userID)
            return ["success": true]
        }
    }

    /// The number of a call whose token may manage it.
    func managed(_ call: GraphCall) async throws -> SandboxConfiguration.Number {
        let number = try await cloud.number(for: call)
        try call.require(.management)
        return number
    }

    private func addRegistration(to graph: GraphRouter) {
        graph.post(":id/register") { call in
            let number = try await managed(call)
            try call.requireProduct()
            let pin = try call.requiredText("pin")
            let region = call.text("data_localization_region")
            let now = cloud.clock.milliseconds
            try await cloud.changeState(of: number) { (state) throws(GraphError) in
                try state.register(pin: pin, region: region, now: now)
            }
            return ["success": true]
        }
        graph.post(":id/deregister") { call in
            let number = try await managed(call)
            let now = cloud.clock.milliseconds
            try await cloud.changeState(of: number) { (state) throws(GraphError) in try state.deregister(now: now) }
            return ["success": true]
        }
        graph.post(":id/request_code") { call in
            let number = try await managed(call)
            let method = try call.requiredText("code_method").uppercased()
            guard ["SMS", "VOICE"].contains(method) else {
                throw GraphError.invalid("Param code_method must be one of {SMS, VOICE}.")
            }
            let language = try call.text("language") ?? call.requiredText("locale")
            guard language.wholeMatch(of: /[A-Za-z]{2,3}([_-][A-Za-z]{2,4})?/) != nil else {
                throw GraphError.invalid("Param language must be a language code such as en_US.")
            }
            let now = cloud.clock.milliseconds
            try await cloud.changeState(of: number) { (state) throws(GraphError) in try state.requestCode(now: now) }
            return ["success": true]
        }
        graph.post(":id/verify_code") { call in
            let number = try await managed(call)
            let code = try call.requiredText("code")
            let now = cloud.clock.milliseconds
            try await cloud.changeState(of: number) { (state) throws(GraphError) in
                try state.verify(code, now: now)
            }
            return ["success": true]
        }
    }

    private func addProfile(to graph: GraphRouter) {
        graph.get(":id/whatsapp_business_profile") { call in
            let number = try await managed(call)
            let profile = await cloud.state(of: number).profile
            let picture = "https://pps.whatsapp.net/v/sandbox/\(number.phoneNumberID).jpg"
            let fields = try FieldSelection.parse(call.query["fields"] ?? "")
            let object = profile.json(pictureURL: picture)
            let chosen =
                fields.isEmpty
                ? JSON.object(object.members?.filter { $0.name == "messaging_product" } ?? [])
                : try FieldSelection.choose(
                    fields + [FieldSelection(name: "messaging_product")], of: object,
                    emptyFields: ["about", "address", "description", "email", "profile_picture_url", "websites"],
                    node: "WhatsAppBusinessProfile")
            return ["data": [chosen]]
        }
        graph.post(":id/whatsapp_business_profile") { call in
            let number = try await managed(call)
            try call.requireProduct()
            try await cloud.changeState(of: number) { (state) throws(GraphError) in
                try state.profile.update(call.body)
            }
            return ["success": true]
        }
        graph.get(":id/settings") { call in
            let settings = NumberSettings.json(await cloud.state(of: try await managed(call)))
            guard let fields = call.query["fields"] else { return settings }
            return try FieldSelection.choose(
                FieldSelection.parse(fields), of: settings, node: "WhatsAppBusinessPhoneNumberSettings")
        }
        graph.post(":id/settings") { call in
            let number = try await managed(call)
            try await cloud.changeState(of: number) { (state) throws(GraphError) in
                try NumberSettings.change(call.body, in: &state)
            }
            return ["success": true]
        }
        graph.post(":id/conversational_automation") { call in
            let number = try await managed(call)
            let members = (call.body.members ?? []).filter {
                ["enable_welcome_message", "prompts", "commands"].contains($0.name)
            }.map { member in
                // Clients send lists as JSON in a text, too.
                let list = member.value.text.flatMap { try? JSON.parse(Array($0.utf8)) }
                return JSON.Member(name: member.name, value: list?.elements == nil ? member.value : list ?? .null)
            }
            guard !members.isEmpty else { throw GraphError.missing("enable_welcome_message, prompts or commands") }
            try await cloud.changeState(of: number) { state in
                let kept = state.settings["conversational_automation"]?.without(Set(members.map(\.name))).members ?? []
                state.settings["conversational_automation"] = .object(kept + members)
            }
            return ["success": true]
        }
    }

    private func addUsername(to graph: GraphRouter) {
        graph.get(":id/username") { call in
            let username = await cloud.state(of: try await managed(call)).username
            return [
                "username": username.map { JSON($0.text) }, "status": username.map { JSON($0.status.rawValue) },
            ]
        }
        graph.post(":id/username") { call in
            let number = try await managed(call)
            let text = try call.requiredText("username")
            let action = call.text("transfer_action") ?? "none"
            guard ["none", "force_transfer"].contains(action) else {
                throw GraphError.invalid("Param transfer_action must be one of {none, force_transfer}.")
            }
            let username = try await cloud.setUsername(text, of: number, takes: action == "force_transfer")
            await cloud.announceUsername(username.text, status: username.status.rawValue, of: number)
            return ["status": JSON(username.status.rawValue)]
        }
        graph.delete(":id/username") { call in
            let number = try await managed(call)
            guard let username = await cloud.state(of: number).username else {
                throw GraphError.invalid("The number has no username.")
            }
            try await cloud.changeState(of: number) { $0.username = nil }
            await cloud.announceUsername(username.text, status: "deleted", of: number)
            return ["success": true]
        }
        graph.get(":id/username_suggestions") { call in
            let number = try await managed(call)
            let suggestions = BusinessUsername.suggestions(for: number.name).map { JSON($0) }
            return ["data": [["username_suggestions": .array(suggestions)]]]
        }
    }

    private func addBlocking(to graph: GraphRouter) {
        graph.get(":id/block_users") { call in
            let number = try await cloud.number(for: call)
            try call.require(.messaging)
            return try GraphPage.json(await cloud.state(of: number).blocked.entries.map(\.json), for: call)
        }
        for method in [HTTPRequest.Method.post, .delete] {
            graph.addRaw(method, ":id/block_users") { call in
                let number = try await cloud.number(for: call)
                try call.require(.messaging)
                try call.requireProduct()
                let answer = try await cloud.changeBlocks(call.body, of: number, blocks: method == .post)
                let traceID = GraphError.makeTraceID()
                let (json, http) = answer.json(traceID: traceID)
                return .graph(json, version: call.version, status: .init(code: http), traceID: traceID)
            }
        }
    }
}

extension WhatsAppCloud {
    /// Tells the business what became of a username.
    func announceUsername(_ text: String, status: String, of number: SandboxConfiguration.Number) {
        announce(
            "business_username_updates",
            ["display_phone_number": JSON(number.digits), "username": JSON(text), "status": JSON(status)], of: number)
    }

    /// Posts a webhook of any field in the background.
    func announce(_ field: String, _ value: JSON, of number: SandboxConfiguration.Number) {
        let update = WebhookUpdate(number: number, field: field, value: value, now: now)
        let faults = faults.delivery
        background.start { _ = await self.courier.deliver(update, faults: faults) }
    }
}
