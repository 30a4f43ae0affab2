import AdapterKit

/// A small system that a person connects; its setting `fault` says how its test goes wrong.
struct ToyConnected: ConnectedSystem {
    static let manifest = AdapterManifest(
        name: "toy-system", kind: .system, version: "1.0.0", summary: "A system for tests of the kit.",
        settings: SettingsSchema([
            SettingsField("client_id", .text, required: true, summary: "The client."),
            SettingsField("fault", .text, summary: "What goes wrong."),
        ]), capabilities: [.connection], identity: IdentityDeclaration(), hosts: ["toy.example"],
        privacy: PrivacyDeclaration(
            touches: [.name], recipients: ["Nobody"], retention: "Nothing is kept.", export: "Nothing to export.",
            erasure: "Nothing to erase."))

    let clientID: String
    let fault: String?
    let host: any AdapterHost

    init(settings: AdapterSettings, host: any AdapterHost) throws {
        clientID = settings.text("client_id") ?? ""
        fault = settings.text("fault")
        self.host = host
    }

    func deliver(_ delivery: EventDelivery) async -> DeliveryOutcome { .delivered }

    func provider(_ parameters: [String: String]) throws(SignInRefusal) -> IdentityProvider {
        IdentityProvider(
            issuer: "https://toy.example", endpoints: .discovered(issuer: "https://toy.example"), clientID: clientID,
            scopes: ["openid"], idToken: IDTokenRules(issuers: ["https://toy.example"], audiences: [clientID]),
            refresh: RefreshRules(rotates: false))
    }

    func identity(_ evidence: SignInEvidence) async throws(SignInRefusal) -> ProviderIdentity {
        guard let subject = IdentityClaims(evidence.claims).subject() else { throw SignInRefusal(.subjectWrong) }
        return ProviderIdentity(subject: subject)
    }

    func test() async throws(ProviderFailure) -> String {
        var headers = HTTPFields()
        if fault != "needs_no_grant" {
            headers.append("authorization", "Bearer \(try await host.grant.access().token.reveal())")
        }
        let answer: HTTPAnswer
        do throws(HTTPFailure) {
            answer = try await host.http.send(HTTPCall(method: "GET", url: "https://toy.example/", headers: headers))
        } catch {
            throw ProviderFailure(.unavailable, FailureReason(code: "no_answer", title: "No answer"))
        }
        guard answer.status == 200 || fault == "succeeds" else {
            throw ProviderFailure(.unavailable, FailureReason(code: "status", title: "The toy does not work"))
        }
        return fault == "two_lines" ? "It works.\nVery well." : "It works."
    }
}
