import AdapterKit
import HubCore
import Testing

@Suite("Included files")
struct IncludeTests {
    static let main = "version: 1\ninclude: tenants.d/*.yaml\ntenants: {acme: {}}"

    @Test("add their tenants")
    func addTenants() throws {
        let folder = try ConfigurationFolder([
            "tenants.yaml": Self.main, "tenants.d/b.yaml": "tenants: {beta: {}}",
            "tenants.d/a.yaml": "tenants: {zeta: {}}",
            "tenants.d/notes.txt": "not: [yaml", "tenants.d/.hidden.yaml": "not: [yaml",
        ])
        #expect(try folder.load().tenants.map(\.id) == ["acme", "beta", "zeta"])
    }

    @Test("resolve paths from their own folder")
    func ownFolder() throws {
        let folder = try ConfigurationFolder([
            "tenants.yaml": Self.main, "tenants.d/key": "key-from-file-0123456789-0123456789\n",
            "tenants.d/b.yaml": "tenants: {beta: {api_keys: {crm: {key: \"${file:key}\", scopes: [events.read]}}}}",
        ])
        #expect(try folder.load().tenants.last?.apiKeys.first?.key.reveal() == "key-from-file-0123456789-0123456789")
    }

    @Test("may be none for a pattern, and have to be there for a plain path")
    func missingFiles() throws {
        #expect(try problems(in: Self.main) == [])
        #expect(
            try problems(in: "version: 1\ninclude: [none/*.yaml, more.yaml]")
                == ["tenants.yaml:2:24: include[1]: there is no such file"])
    }

    @Test("are told apart in errors, sorted by name")
    func errorsNameTheFile() throws {
        let folder = try ConfigurationFolder([
            "tenants.yaml": Self.main + "\nnothing: 1",
            "tenants.d/b.yaml": "tenants:\n  beta:\n    nam: x",
            "tenants.d/a.yaml": "version: 1\nhub: {}\napps: {}\ninclude: x\ntenant: {}",
            "tenants.d/c.yaml": "tenants: [",
            "tenants.d/d.yaml": "",
        ])
        let misplaced = "an included file may only hold `tenants`; this belongs to the main file"
        #expect(
            try folder.problems() == [
                "tenants.yaml:4:1: nothing: unknown key",
                "tenants.d/a.yaml:1:1: version: \(misplaced)",
                "tenants.d/a.yaml:2:1: hub: \(misplaced)",
                "tenants.d/a.yaml:3:1: apps: \(misplaced)",
                "tenants.d/a.yaml:4:1: include: \(misplaced)",
                "tenants.d/a.yaml:5:1: tenant: unknown key (did you mean \"tenants\"?)",
                "tenants.d/b.yaml:3:5: tenants.beta.nam: unknown key (did you mean \"name\"?)",
                "tenants.d/c.yaml:2:1: not valid YAML: did not find expected node content",
                "tenants.d/d.yaml:1:1: the file is empty",
            ])
    }

    @Test("share ids, accounts and API keys with nobody")
    func uniqueInTheHub() throws {
        let tenant = """
            tenants:
              ID:
                api_keys:
                  crm: {key: "${env:KEY_A}", scopes: [events.read]}
                channels:
                  care: {adapter: other-channel, phone_number_id: "1"}
            """
        let folder = try ConfigurationFolder([
            "tenants.yaml": Self.main, "tenants.d/a.yaml": tenant.replacing("ID", with: "beta"),
            "tenants.d/b.yaml": tenant.replacing("ID", with: "gamma"),
            "tenants.d/c.yaml": "tenants:\n  acme: {}\n  beta: {}",
        ])
        #expect(
            try folder.problems() == [
                "tenants.d/b.yaml:4:18: tenants.gamma.api_keys.crm.key: another API key has the same value: "
                    + "tenants.beta.api_keys.crm.key (tenants.d/a.yaml:4:13)",
                "tenants.d/b.yaml:6:55: tenants.gamma.channels.care.phone_number_id: another channel has this account: "
                    + "tenants.beta.channels.care (tenants.d/a.yaml:6:7)",
                "tenants.d/c.yaml:2:3: tenants.acme: there are two tenants of this id, the first in tenants.yaml:3",
                "tenants.d/c.yaml:3:3: tenants.beta: there are two tenants of this id, the first in tenants.d/a.yaml:2",
            ])
    }

    @Test("may not use anchors")
    func anchors() throws {
        let folder = try ConfigurationFolder([
            "tenants.yaml": Self.main, "tenants.d/a.yaml": "tenants:\n  beta:\n    name: &n Beta\n",
            "tenants.d/b.yaml": "tenants: &t\n  gamma: {}\n",
        ])
        #expect(
            try folder.problems() == [
                "tenants.d/a.yaml:3:11: tenants.beta.name: anchors (&name) may not be used in an included file",
                "tenants.d/b.yaml:1:10: tenants: anchors (&name) may not be used in an included file",
            ])
    }

    @Test("are not the file itself")
    func itself() throws {
        #expect(
            try problems(in: "version: 1\ninclude: '*.yaml'") == [
                "tenants.yaml:2:10: include: the file includes itself"
            ])
    }

    @Test("are named as in the path that the loader was given")
    func shownPaths() throws {
        let folder = try ConfigurationFolder(["etc/tenants.yaml": Self.main, "etc/tenants.d/a.yaml": "tenants: x"])
        #expect(
            try folder.problems("etc/tenants.yaml")
                == ["etc/tenants.d/a.yaml:1:10: tenants: must be a mapping (key: value)"])
    }
}
