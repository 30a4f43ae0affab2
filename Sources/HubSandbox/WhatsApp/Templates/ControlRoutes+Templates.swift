import Hummingbird

/// The control call that plays Meta's decisions on a template: `POST /_sandbox/whatsapp/template`.
extension ControlRoutes {
    func addTemplates(to group: RouterGroup<SandboxContext>) {
        group.post("template") { request, _ in Response.json(try await cloud.setTemplate(try await request.json())) }
    }
}
