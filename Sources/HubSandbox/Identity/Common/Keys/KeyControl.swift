import Hummingbird

/// The control calls on a provider's keys.
struct KeyControl: Sendable {
    let provider: IdentityProvider
    let keys: KeyRing

    func add(to control: RouterGroup<SandboxContext>) {
        // The whole keys: tests mint tokens of their own with other people's libraries.
        control.get("keys") { _, _ in Response.json(try await json()) }
        control.post("keys/rotate") { request, _ in
            let json = try await request.jsonOrForm()
            try await keys.rotate(dropsOld: json["drop_old"] == true)
            return Response.json(try await self.json())
        }
        // Where jku and x5u of forged tokens point. Whoever asks here has believed one.
        control.get("attacker") { _, _ in
            await provider.count("attacker")
            return Response.json(["keys": [try await keys.stranger().publicJWK()]])
        }
    }

    private func json() async throws -> JSON {
        [
            "keys": .array(try await keys.keys().map { try $0.privateJWK() }),
            "retired": .array(try await keys.retiredKeys().map { try $0.privateJWK() }),
        ]
    }
}
