import AdapterKit
import Testing

@testable import HubServer

struct AddressGuardTests {
    private let guardian = AddressGuard(
        allowPrivateHosts: ["crm.internal", "LOCALHOST", "127.0.0.1", "[::1]", "fd00::7", "10.0.0.1:80", "*.corp", ""])

    private func allows(_ url: String, _ addresses: String...) -> Bool {
        do {
            let destination = try OutgoingDestination(url)
            try guardian.check(destination)
            try guardian.check(addresses.compactMap(IPAddress.init), of: destination)
            return true
        } catch {
            return false
        }
    }

    @Test func publicHttpsOnItsPortsIsAllowed() {
        #expect(allows("https://example.com/", "157.240.1.35", "2a03:2880:f101::1"))
        #expect(allows("https://example.com:8443/", "157.240.1.35"))
    }

    @Test func plainHttpAndOtherPortsAreForNamedHostsOnly() {
        #expect(!allows("http://example.com/", "157.240.1.35"))
        #expect(!allows("http://example.com:443/", "157.240.1.35"))
        #expect(!allows("https://example.com:22/", "157.240.1.35"))
        #expect(allows("http://crm.internal:9000/", "10.1.2.3"))
    }

    @Test func oneBadAddressAmongGoodOnesRefusesTheName() {
        #expect(!allows("https://example.com/", "157.240.1.35", "127.0.0.1"))
        #expect(!allows("https://example.com/", "2a03:2880:f101::1", "::ffff:157.240.1.35"))
    }

    @Test func aNamedHostIsMatchedWholeWithoutCaseOrTrailingDot() {
        #expect(allows("http://CRM.internal./", "10.1.2.3"))
        #expect(allows("http://localhost:1/", "127.0.0.1"))
        #expect(!allows("http://x.crm.internal/", "10.1.2.3"))
        #expect(!allows("http://crm.internal.example.com/", "10.1.2.3"))
        #expect(!allows("http://x.corp/", "10.1.2.3"))
    }

    @Test func anAddressIsMatchedByWhatItIs() {
        #expect(allows("http://127.0.0.1:8090/", "127.0.0.1"))
        #expect(allows("http://[0:0::1]:8090/", "::1"))
        #expect(allows("http://[fd00:0::7]/", "fd00::7"))
        #expect(!allows("http://10.0.0.1:80/", "10.0.0.1"))
        #expect(!allows("https://[::ffff:127.0.0.1]/", "::ffff:127.0.0.1"))
        #expect(!allows("https://127.0.0.2/", "127.0.0.2"))
    }
}
