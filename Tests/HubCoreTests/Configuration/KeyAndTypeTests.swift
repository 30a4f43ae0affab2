import Testing

@Suite("A key or a type that is wrong")
struct KeyAndTypeTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let text: String
        let problems: [String]
        var testDescription: String { name }

        init(_ name: String, _ text: String, _ problems: String...) {
            self.name = name
            self.text = text
            self.problems = problems.map { "tenants.yaml:\($0)" }
        }
    }

    static let cases = [
        Case(
            "an unknown key of the file", "version: 1\ntennants: {}",
            #"2:1: tennants: unknown key (did you mean "tenants"?)"#),
        Case("an unknown key like no other", "version: 1\nzebra: 1", "2:1: zebra: unknown key"),
        Case(
            "an unknown key of the hub", "version: 1\nhub:\n  lisen: 127.0.0.1:1",
            #"3:3: hub.lisen: unknown key (did you mean "listen"?)"#),
        Case(
            "a key that could be a secret", "version: 1\nhub: {whsec_c2VjcmV0c2VjcmV0c2VjcmV0: 1}",
            "2:7: hub.?: unknown key"),
        Case("no version", "tenants: {}", "1:1: version: is missing; write version: 1"),
        Case("a version to come", "version: 2", "1:10: version: must be 1"),
        Case("a version in quotes", #"version: "1""#, "1:10: version: must be 1"),
        Case("a list for the file", "- version: 1", "1:1: must be a mapping (key: value)"),
        Case("a text for a mapping", "version: 1\nhub: yes", "2:6: hub: must be a mapping (key: value)"),
        Case(
            "a mapping for a list", "version: 1\nhub: {allow_private_hosts: {a: b}}",
            "2:28: hub.allow_private_hosts: must be a list ([a, b])"),
        Case("a list for a text", "version: 1\nhub: {data: [a]}", "2:13: hub.data: must be a single text"),
        Case(
            "a key twice", "version: 1\nhub:\n  data: a\n  data: b\n",
            "4:3: hub.data: the key occurs twice, first in line 3"),
        Case(
            "several keys twice, and more that is wrong",
            "version: 3\nhub:\n  \"data\": a\n  data: b\ntenants:\n  acme: {name: a, name: b}\n  acme: {}",
            "1:10: version: must be 1", "4:3: hub.data: the key occurs twice, first in line 3",
            "6:19: tenants.acme.name: the key occurs twice, first in line 6",
            "7:3: tenants.acme: the key occurs twice, first in line 6"),
        Case(
            "a key twice, once as a text that YAML reads otherwise", "version: 1\ntenants:\n  12: {}\n  \"12\": {}",
            "4:3: tenants.12: the key occurs twice, first in line 3"),
        Case(
            "a key twice with anchors", "version: 1\n&a x: 1\n&b x: 2", "2:1: the key occurs twice in one mapping"),
        Case(
            "a merge key", "version: 1\nhub:\n  <<: {data: a}",
            "3:3: hub.<<: merge keys are not supported; an alias can stand for a whole value"),
        Case("a list as a key", "version: 1\n? [a]\n: b", "2:3: a key has to be a text"),
        Case("a tag", "version: 1\nhub: {data: !path a}", "2:13: hub.data: tags (!name) are not used here"),
        Case("an empty text", "version: 1\nhub: {data: \"\"}", "2:13: hub.data: must not be empty"),
        Case("a NUL in a text", "version: 1\nhub: {data: \"a\\0\"}", "2:13: hub.data: must not hold a NUL character"),
        Case("no value", "version: 1\nhub:\n  data:\n", "3:8: hub.data: has no value"),
        Case(
            "a boolean of YAML 1.1", "version: 1\ntenants: {acme: {name: No}}",
            "2:24: tenants.acme.name: YAML does not read this as a text; write it in quotes"),
        Case(
            "a country as a tenant", "version: 1\ntenants: {no: {}}",
            "2:11: tenants.no: YAML does not read this name as a text; write it in quotes"),
        Case(
            "a tenant id with capitals", "version: 1\ntenants: {Acme: {}}",
            "2:11: tenants.Acme: a name must be 1 to 40 lower-case letters, digits and dashes, a letter or digit first"),
        Case(
            "a tenant id that climbs", "version: 1\ntenants: {../x: {}}",
            "2:11: tenants.?: a name must be 1 to 40 lower-case letters, digits and dashes, a letter or digit first"),
        Case(
            "a tenant id of 41 characters", "version: 1\ntenants:\n  a23456789-123456789-123456789-123456789-x: {}",
            "3:3: tenants.?: a name must be 1 to 40 lower-case letters, digits and dashes, a letter or digit first"),
        Case(
            "names of channels, systems, keys and apps alike",
            """
            version: 1
            apps: {-a: {}}
            tenants: {acme: {channels: {B_: {}}, systems: {c.d: {}}, api_keys: {E: {}}, sign_in: {_f: {}}}}
            """,
            "2:8: apps.-a: a name must be 1 to 40 lower-case letters, digits and dashes, a letter or digit first",
            "3:29: tenants.acme.channels.B_: a name must be 1 to 40 lower-case letters, digits and dashes, a letter or digit first",
            "3:48: tenants.acme.systems.c.d: a name must be 1 to 40 lower-case letters, digits and dashes, a letter or digit first",
            "3:69: tenants.acme.api_keys.E: a name must be 1 to 40 lower-case letters, digits and dashes, a letter or digit first",
            "3:87: tenants.acme.sign_in._f: a name must be 1 to 40 lower-case letters, digits and dashes, a letter or digit first"
        ),
    ]

    @Test("is told with its place", arguments: cases)
    func isTold(_ example: Case) throws {
        #expect(try problems(in: example.text) == example.problems)
    }

    @Test("is counted in Unicode characters")
    func columnsAreScalars() throws {
        #expect(
            try problems(in: "version: 1\ntenants: {acme: {name: Łódź, nam: x}}")
                == ["tenants.yaml:2:30: tenants.acme.nam: unknown key"])
    }

    @Test("is told in its line whatever ends the lines")
    func carriageReturns() throws {
        #expect(
            try problems(in: "version: 1\r\nhub:\r\n  data: a\r\n  data: b\r\n")
                == ["tenants.yaml:4:3: hub.data: the key occurs twice, first in line 3"])
    }
}
