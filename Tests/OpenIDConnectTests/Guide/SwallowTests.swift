import AdapterKit
import AdapterTesting
import Testing

@Suite("Swallow")
struct SwallowTests {
    @Test("Swallow keeps every rule of the kit")
    func conforms() async {
        let report = await IdentityConformance(
            SwallowAdapter.self,
            settings: AdapterSettings([
                "client_id": .text("our-client"), "client_secret": .secret([Secret("swallow-secret")]),
            ]),
            signIn: SignInSample(
                claims: ["iss": "https://id.swallow.example", "sub": "s-4711", "name": "Agatha Sample"],
                identity: ProviderIdentity(subject: "s-4711", name: "Agatha Sample"))
        ).run()
        #expect(report.isClean, "\(report)")
    }
}
