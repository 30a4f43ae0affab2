import AdapterKit
import Foundation
import HubCore
import Testing

@Suite("The settings of an adapter")
struct AdapterSettingTests {
    /// A channel in which line 8 is to be tried.
    static func channel(_ line: String) -> String {
        """
        version: 1
        tenants:
          acme:
            channels:
              support:
                adapter: test-channel
                app_secret: ${env:APP_SECRET}
                \(line)
        """
    }

    static let complete = "access_token: \"${env:TOKEN}\"\n        phone_number_id: \"1\"\n        "

    /// Lines after a complete channel: the setting to be tried stands in line 10, its value behind its name.
    static let faultyLines = [
        ("graph_url: ftp://x", "10:20: |graph_url: must be an address that begins with http:// or https://"),
        ("graph_url: \"https://u@x/\"", "10:20: |graph_url: must not hold a user or password"),
        ("messages_per_second: 0", "10:30: |messages_per_second: must be a whole number from 1 to 1000"),
        ("messages_per_second: 1001", "10:30: |messages_per_second: must be a whole number from 1 to 1000"),
        ("messages_per_second: 0x50", "10:30: |messages_per_second: must be a whole number from 1 to 1000"),
        ("messages_per_second: 1:30", "10:30: |messages_per_second: must be a whole number from 1 to 1000"),
        ("messages_per_second: 1_0", "10:30: |messages_per_second: must be a whole number from 1 to 1000"),
        ("messages_per_second: fast", "10:30: |messages_per_second: must be a whole number from 1 to 1000"),
        (
            "messages_per_second: \"80\"",
            "10:30: |messages_per_second: must be a whole number from 1 to 1000, without quotes"
        ),
        ("messages_per_second: ${env:TOKEN}", "10:30: |messages_per_second: must be a whole number from 1 to 1000"),
        ("messages_per_second: [80]", "10:30: |messages_per_second: must be a whole number from 1 to 1000"),
        ("read_receipts: yes", "10:24: |read_receipts: must be true or false"),
        ("read_receipts: \"true\"", "10:24: |read_receipts: must be true or false, without quotes"),
        ("mode: rehersal", "10:15: |mode: must be one of live, rehearsal (did you mean \"rehearsal\"?)"),
        ("mode: ${env:SECRET}", "10:15: |mode: must be one of live, rehearsal"),
        ("languages: en", "10:20: |languages: must be a list ([a, b])"),
        ("languages: [en, no]", "10:25: |languages[1]: YAML does not read this as a text; write it in quotes"),
        ("api_version: 25.0", "10:22: |api_version: YAML does not read this as a text; write it in quotes"),
        ("api_version: v${env:RATE}", "10:22: |api_version: ${...} has to be the whole value"),
        ("api_version: ${RATE}", "10:22: |api_version: must be ${env:NAME} or ${file:PATH}"),
        ("api_version: ${env:}", "10:22: |api_version: ${env:NAME} needs the name of a variable"),
        ("business_account_id: 12a", "10:30: |business_account_id: must be digits only"),
        (
            "verify_token: letmein",
            "10:23: |verify_token: a secret must not stand in the file; write ${env:NAME} or ${file:PATH}"
        ),
        (
            "verify_token: 123456",
            "10:23: |verify_token: a secret must not stand in the file; write ${env:NAME} or ${file:PATH}"
        ),
        ("verify_token: ${env:NOT_SET}", "10:23: |verify_token: the environment variable NOT_SET is not set"),
        ("verify_token: ${env:EMPTY}", "10:23: |verify_token: the environment variable EMPTY is empty"),
        ("verify_token: x${env:TOKEN}", "10:23: |verify_token: ${...} has to be the whole value"),
        ("verify_token: ${file:none}", "10:23: |verify_token: the file none cannot be used: there is no such file"),
        ("verify_token: ${file:.}", "10:23: |verify_token: the file . cannot be used: it is not a regular file"),
        ("verify_token:", "10:22: |verify_token: has no value"),
        ("acces_token: x", "10:9: |acces_token: unknown key"),
        ("verify_tokn: x", "10:9: |verify_tokn: unknown key (did you mean \"verify_token\"?)"),
    ]

    @Test("are refused with their place and without their value", arguments: faultyLines)
    func faults(_ line: String, _ problem: String) throws {
        let expected = problem.replacing("|", with: "tenants.acme.channels.support.")
        #expect(try problems(in: Self.channel(Self.complete + line)) == ["tenants.yaml:\(expected)"])
    }

    @Test("that are missing are told at the channel, and a slip beside them is recognised")
    func missing() throws {
        #expect(
            try problems(in: Self.channel("acces_token: ${env:TOKEN}")) == [
                "tenants.yaml:5:7: tenants.acme.channels.support.phone_number_id: is missing; "
                    + "it takes a text that must be digits only",
                "tenants.yaml:5:7: tenants.acme.channels.support.access_token: is missing; "
                    + "it takes a secret (${env:NAME} or ${file:PATH})",
                "tenants.yaml:8:9: tenants.acme.channels.support.acces_token: unknown key (did you mean \"access_token\"?)",
            ])
    }

    @Test(
        "take a whole number as the text of an id, exactly as it is spelled",
        arguments: [
            "106540352242922", "106540352242922106540352242922", "'0123'", "\"1_0\"",
        ])
    func exactIds(_ spelling: String) throws {
        let text = Self.channel(
            "access_token: \"${env:TOKEN}\"\n        api_version: \(spelling)\n        phone_number_id: 1")
        let settings = try ConfigurationFolder(["tenants.yaml": text]).load().tenants.first?.channels.first?.settings
        #expect(settings?.text("api_version") == spelling.filter { $0 != "'" && $0 != "\"" })
    }

    @Test(
        "refuse an id that YAML could read as another number",
        arguments: [
            "0123", "1_000", "1:30:00", "0x1F", "+1650", "1e5", "1.0", "0b11", "2026-01-02", "~", "on",
        ])
    func ambiguousIds(_ spelling: String) throws {
        let text = Self.channel("access_token: \"${env:TOKEN}\"\n        phone_number_id: \(spelling)")
        let message = spelling == "~" ? "has no value" : "YAML does not read this as a text; write it in quotes"
        #expect(
            try problems(in: text) == ["tenants.yaml:9:26: tenants.acme.channels.support.phone_number_id: \(message)"])
    }

    @Test("take as many secrets as the schema allows")
    func tooManySecrets() throws {
        let text = """
            version: 1
            apps:
              a: {adapter: test-channel, app_secret: ["${env:KEY_A}", "${env:KEY_B}", "${env:TOKEN}"]}
              b: {adapter: test-channel, app_secret: []}
              c: {adapter: test-channel, app_secret: ["${env:KEY_A}", literal]}
            """
        #expect(
            try problems(in: text) == [
                "tenants.yaml:3:42: apps.a.app_secret: must be a secret or a list of 1 to 2",
                "tenants.yaml:4:42: apps.b.app_secret: must be a secret or a list of 1 to 2",
                "tenants.yaml:5:59: apps.c.app_secret[1]: a secret must not stand in the file; "
                    + "write ${env:NAME} or ${file:PATH}",
            ])
    }

    @Test(
        "come from files without their last line break",
        arguments: [
            ("token", "token"), ("token\n", "token"), ("token\r\n", "token"), ("token\n\n", "token\n"),
            ("a\nb\n", "a\nb"),
        ])
    func files(_ content: String, _ expected: String) throws {
        let text = Self.channel("access_token: ${file:s/token}\n        phone_number_id: 1")
        let folder = try ConfigurationFolder(["tenants.yaml": text, "s/token": content])
        #expect(try folder.load().tenants.first?.channels.first?.settings.secret("access_token")?.reveal() == expected)
    }

    @Test("do not come from files that are too large, empty or no text")
    func unusableFiles() throws {
        let path = "tenants.yaml:9:23: tenants.acme.channels.support.access_token: the file s cannot be used:"
        let folder = try ConfigurationFolder(
            ["tenants.yaml": Self.channel("phone_number_id: 1\n        access_token: ${file:s}")])
        let contents: [([UInt8], String)] = [
            ([UInt8](repeating: 0x61, count: 64 * 1024 + 1), "it is larger than 64 KiB"), ([0x0A], "it is empty"),
            ([0xFF, 0xFE], "it is not UTF-8 text"), ([0x61, 0], "it is not UTF-8 text"),
        ]
        for (bytes, reason) in contents {
            try folder.write(bytes, to: "s")
            #expect(try folder.problems() == ["\(path) \(reason)"])
        }
        try folder.write([UInt8](repeating: 0x61, count: 64 * 1024), to: "s")
        #expect(try folder.problems() == [])
    }

    @Test("do not wait for a pipe that nobody writes to")
    func pipe() throws {
        let folder = try ConfigurationFolder(
            ["tenants.yaml": Self.channel("phone_number_id: 1\n        access_token: ${file:pipe}")])
        try #require(mkfifo("\(folder.path)/pipe", 0o600) == 0)
        #expect(
            try folder.problems() == [
                "tenants.yaml:9:23: tenants.acme.channels.support.access_token: "
                    + "the file pipe cannot be used: it is not a regular file"
            ])
    }

    @Test("are described by their schema")
    func descriptions() throws {
        let descriptions = SettingsReader(TestChannel.manifest.settings).descriptions
        #expect(
            descriptions.map(\.type) == [
                "a secret or a list of up to 2 secrets (${env:NAME} or ${file:PATH})",
                "a secret (${env:NAME} or ${file:PATH})", "a text", "a text", "a secret (${env:NAME} or ${file:PATH})",
                "an http or https address", "a text", "a whole number from 1 to 1000", "one of live, rehearsal",
                "true or false", "a list of texts",
            ])
        #expect(descriptions.map(\.defaultValue).last == "en, de")
        #expect(descriptions.map(\.rule)[2] == "must be digits only")
    }
}
