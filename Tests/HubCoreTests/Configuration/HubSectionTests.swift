import HubCore
import Testing

@Suite("The hub section")
struct HubSectionTests {
    static let address = "must be host:port, with a port from 0 to 65535; an IPv6 address stands in []"

    @Test(
        "refuses what is no address to listen on",
        arguments: [
            "8080", ":8080", "127.0.0.1", "127.0.0.1:65536", "127.0.0.1:http", "a b:1", "'::1:80'", "'[::1]'",
            "'[a]:1'",
        ])
    func listen(_ text: String) throws {
        #expect(
            try problems(in: "version: 1\nhub:\n  listen: \(text)\n") == [
                "tenants.yaml:3:11: hub.listen: \(Self.address)"
            ])
    }

    @Test("refuses one address for both uses")
    func sameAddress() throws {
        #expect(
            try problems(in: "version: 1\nhub:\n  operator_listen: 127.0.0.1:8080\n")
                == ["tenants.yaml:3:20: hub.operator_listen: must not be the same as that of webhooks and API"])
    }

    static let addresses = [
        ("ftp://a", "must be an address that begins with http:// or https://"),
        ("hub.example.com", "must be an address that begins with http:// or https://"),
        ("https://", "has no valid host name"),
        ("https://[fe80/", "has no valid host name"),
        ("https://[::1]x/", "has no valid host name"),
        ("https://-a.example/", "has no valid host name"),
        ("https://user:pass@a.example/", "must not hold a user or password"),
        ("https://a.example/#top", "must not have a fragment (#...)"),
        ("https://a.example/?q=1", "must not have a query (?...)"),
        ("https://a.example:0/", "has a port that is not a number from 1 to 65535"),
        ("https://a.example:/", "has a port that is not a number from 1 to 65535"),
        ("https://a.example:70000/", "has a port that is not a number from 1 to 65535"),
        ("https://a.example/a b", "holds a character that has to be percent-encoded in an address"),
        ("https://bücher.example/", "holds a character that has to be percent-encoded in an address"),
    ]

    @Test("refuses what is no public address", arguments: addresses)
    func publicURL(_ url: String, _ message: String) throws {
        #expect(
            try problems(in: "version: 1\nhub:\n  public_url: \"\(url)\"\n")
                == ["tenants.yaml:3:15: hub.public_url: \(message)"])
    }

    @Test(
        "takes addresses with port, path and IPv6 host",
        arguments: [
            ("http://localhost:8080", "http://localhost:8080"),
            ("HTTPS://Hub.example/base/", "HTTPS://Hub.example/base"),
            ("https://[::1]:8443/", "https://[::1]:8443"),
        ])
    func publicURLs(_ url: String, _ expected: String) throws {
        let folder = try ConfigurationFolder(["tenants.yaml": "version: 1\nhub: {public_url: \"\(url)\"}"])
        #expect(try folder.load().publicURL == expected)
    }

    @Test("refuses what is no private host", arguments: ["http://crm", "crm:8080", "'*.internal'", "10.0.0.0/8"])
    func privateHosts(_ host: String) throws {
        let message = "must be a host name or an address, without scheme, port or path"
        #expect(
            try problems(in: "version: 1\nhub:\n  allow_private_hosts: [localhost, \(host)]")
                == ["tenants.yaml:3:36: hub.allow_private_hosts[1]: \(message)"])
    }

    @Test("refuses a master key in the file")
    func masterKey() throws {
        #expect(
            try problems(in: "version: 1\nhub:\n  master_key: c2VjcmV0\n")
                == [
                    "tenants.yaml:3:15: hub.master_key: a secret must not stand in the file; write ${env:NAME} or ${file:PATH}"
                ])
    }
}
