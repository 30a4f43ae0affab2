import AdapterKit
import HTTPTypes
import HubCore
import HubStore
import Hummingbird

extension OperatorRoutes {
    func addPeople(to routes: inout RouteCollector) {
        routes.on(.post, "/tenants/{tenant}/invitations", .operator) { request, context in
            try request.proveOperator()
            return try await invite(request, context)
        }
    }

    /// Makes a link by which a tenant's first owner gets in, or somebody whom nobody else can invite.
    private func invite(_ request: Request, _ context: EdgeContext) async throws -> Response {
        let (role, name, email) = try await request.object(upTo: 4096) { reader in
            (
                reader.choice("role", PersonRole.self), reader.optionalText("name", 1...200),
                reader.optionalText("email", 3...254)
            )
        }
        // What is no role was refused above.
        guard let role else { throw Problem.invalid([]) }
        do {
            let made = try await hub.inviteByOperator(
                tenant: try context.parameters.require("tenant"), role: role, name: name, email: email)
            guard let (link, expiresAt) = made else {
                throw Problem(status: .notFound, code: "not_found", detail: "There is no such tenant.")
            }
            return .json(.object(["link": .string(link), "expires_at": .string(expiresAt.description)]))
        } catch is NoOrigin {
            throw Problem(
                status: .conflict, code: "no_public_url",
                detail: "Browsers have no way to the hub: set hub.public_url to an https address.")
        }
    }
}
