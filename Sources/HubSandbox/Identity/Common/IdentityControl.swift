import Hummingbird

/// The control calls that all providers have: `/_sandbox/{provider}/…`.
struct IdentityControl: Sendable {
    let provider: IdentityProvider

    func add(to router: Router<SandboxContext>) {
        let group = router.group("_sandbox/\(provider.name)")
        addFaults(to: group)
        addConsent(to: group)
        group.get("clients") { _, _ in
            Response.json(["clients": .array(await provider.clients.map(\.json))])
        }
        group.post("clients") { request, _ in
            Response.json(try await provider.register(try await request.json()))
        }
        group.get("calls") { _, _ in Response.json(["calls": await provider.calls.json]) }
        group.delete("calls") { _, _ in
            await provider.resetCalls()
            return Response.json(["calls": .object([])])
        }
    }

    private func addFaults(to group: RouterGroup<SandboxContext>) {
        group.get("faults") { _, _ in Response.json(await provider.faults.json) }
        group.put("faults") { request, _ in
            Response.json(try await provider.replaceFaults(try await request.json()))
        }
        group.delete("faults") { _, _ in Response.json(try await provider.replaceFaults(.object([]))) }
    }

    private func addConsent(to group: RouterGroup<SandboxContext>) {
        group.get("consent") { _, _ in
            Response.json(["automatic": await provider.automaticConsent?.json ?? .null])
        }
        group.put("consent") { request, _ in
            let consent = try AutomaticConsent(try await request.json(), people: provider.people)
            await provider.setAutomaticConsent(consent)
            return Response.json(["automatic": consent.json])
        }
        group.delete("consent") { request, _ in
            await provider.setAutomaticConsent(nil)
            return Response.json(["automatic": .null])
        }
        // The next authorisation of the person, or of everybody, is a first one again.
        group.post("forget") { request, _ in
            let json = try await request.jsonOrForm()
            let person = json["person"] == nil ? nil : try provider.people.person(in: json).id
            await provider.changeGrants { $0.forgetConsents(personID: person) }
            return Response.json(["success": true])
        }
        // The person takes back all that was allowed, at the provider.
        group.post("revoke") { request, _ in
            let person = try provider.people.person(in: try await request.json()).id
            await provider.changeGrants { $0.revokeAll(personID: person) }
            return Response.json(["success": true])
        }
    }
}

extension IdentityProvider {
    fileprivate func resetCalls() { calls.reset() }

    fileprivate func replaceFaults(_ json: JSON) throws(ControlError) -> JSON {
        try faults.replace(json)
        return faults.json
    }

    fileprivate func setAutomaticConsent(_ consent: AutomaticConsent?) { automaticConsent = consent }
}
