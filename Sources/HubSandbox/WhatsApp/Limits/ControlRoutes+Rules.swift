import Hummingbird

/// The control calls that read and change how strictly the sandbox plays: `/_sandbox/whatsapp/rules`.
extension ControlRoutes {
    func addRules(to group: RouterGroup<SandboxContext>) {
        group.get("rules") { _, _ in Response.json(await cloud.rules.json) }
        group.put("rules") { request, _ in Response.json(try await cloud.changeRules(try await request.json())) }
    }
}

extension WhatsAppCloud {
    /// - Returns: the rules as they stand then.
    func changeRules(_ json: JSON) throws(ControlError) -> JSON {
        try rules.change(json)
        return rules.json
    }
}
