import AdapterKit
import Testing

@testable import HubServer

struct OutgoingDestinationTests {
    @Test(arguments: [
        ("https://Example.COM", "https://example.com:443/"),
        ("HTTPS://example.com./a", "https://example.com:443/a"),
        ("http://example.com:8080/a/b?c=d%2Fe&f=/g?h#frag", "http://example.com:8080/a/b?c=d%2Fe&f=/g?h"),
        ("https://example.com?x=1", "https://example.com:443/?x=1"),
        ("https://example.com#x", "https://example.com:443/"),
        ("https://example.com/a@b", "https://example.com:443/a@b"),
        ("https://my_host.example-1.com:8443/", "https://my_host.example-1.com:8443/"),
        ("https://[2606:4700::1111]:8443/x", "https://[2606:4700:0:0:0:0:0:1111]:8443/x"),
        ("https://8.8.8.8/x", "https://8.8.8.8:443/x"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example:443/"),
        ("https://3com.example1/", "https://3com.example1:443/"),
    ])
    func isReadAndWrittenAnew(url: String, expected: String) throws {
        #expect(try OutgoingDestination(url).url == expected)
    }

    @Test(arguments: [
        "", "example.com", "//example.com/", "ftp://example.com/", "file:///etc/passwd", "https:/example.com",
        "https:///x", "https://", "https://user@example.com/", "https://user:pass@example.com/",
        "https://@example.com/",
        "https://example.com@127.0.0.1/", "https://exa mple.com/", "https://example.com/a b", "https://example.com/\n",
        "https://example.com\\@127.0.0.1/", "https://bücher.example/", "https://ex%61mple.com/", "https://127.1/",
        "https://2130706433/", "https://0x7f000001/", "https://0x7f.0.0.1/", "https://0177.0.0.1/",
        "https://127.0.0.1../",
        "https://017700000001/", "https://1.2.3.4.5/", "https://example.0x/", "https://256.256.256.256/",
        "https://[::1/",
        "https://[fe80::1%25eth0]/", "https://[127.0.0.1]/", "https://[v1.x]/", "https://::1/", "https://example..com/",
        "https://.example.com/", "https://example.com:0/", "https://example.com:65536/", "https://example.com:/",
        "https://example.com:+80/", "https://example.com:443:80/", "https://example.com:4 3/", "https://[::1]x/",
        "https://" + String(repeating: "a", count: 64) + ".com/",
        "https://a.com/" + String(repeating: "a", count: 9000),
    ])
    func isRefused(url: String) {
        #expect {
            try OutgoingDestination(url)
        } throws: { error in
            guard case HTTPFailure.refused(let reason) = error else { return false }
            return !reason.isEmpty && !reason.contains("example") && !reason.contains("127")
        }
    }
}
