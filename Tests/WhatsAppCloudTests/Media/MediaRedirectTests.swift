import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("Whom the access token goes to when media is fetched")
struct MediaRedirectTests {
    private static let bytes = Array("bytes".utf8)
    private static let address = "https://lookaside.fbsbx.com/a?mid=1"
    private static let bearer = "Bearer EAAG-access-token"

    /// Follows addresses and redirects; the last call gets the bytes.
    private func fetch(
        _ start: String, _ locations: [String?], status: Int = 302, settings: [String: AdapterSettings.Value] = [:]
    ) async throws -> (failure: ProviderFailure?, calls: [HTTPCall], bytes: [UInt8]) {
        let node = HTTPAnswer(status: 200, body: Array(#"{"url":"\#(start)","mime_type":"image/png"}"#.utf8))
        let redirects = locations.map { location in
            HTTPAnswer(status: status, headers: location.map { [("Location", $0)] } ?? [])
        }
        let http = RecordingHTTP(
            ([node] + redirects).map { .success($0) }, then: .success(HTTPAnswer(status: 200, body: Self.bytes)))
        let channel = try WhatsAppCloudAdapter(
            settings: AdapterSettings(settings).merging(Harness.settings), host: TestHost(http: http))
        let sink = MemorySink()
        let media = MediaReference(providerID: "1", expiresAt: FixedClock().now)
        do throws(ProviderFailure) {
            _ = try await channel.fetch(media, into: sink)
            return (nil, Array(http.calls.dropFirst()), sink.bytes)
        } catch {
            return (error, Array(http.calls.dropFirst()), sink.bytes)
        }
    }

    @Test("Meta's host for media and the Graph API's own get it")
    func known() async throws {
        for address in [Self.address, "https://graph.facebook.com/v25.0/file", "https://GRAPH.facebook.com:443/file"] {
            let (failure, calls, bytes) = try await fetch(address, [])
            #expect(failure == nil && bytes == Self.bytes)
            #expect(calls.map { $0.headers["authorization"] } == [Self.bearer], "\(address)")
        }
    }

    @Test(
        "Nobody else does",
        arguments: [
            "https://evil.example/a", "https://lookaside.fbsbx.com.evil.example/", "https://evil-lookaside.fbsbx.com/",
            "http://lookaside.fbsbx.com/a", "https://lookaside.fbsbx.com:8443/a", "http://graph.facebook.com/a",
            "https://graph.facebook.com:8443/a",
        ])
    func unknown(address: String) async throws {
        let (_, calls, _) = try await fetch(address, [])
        #expect(calls.map { $0.headers["authorization"] } == [nil])
    }

    @Test("An address with somebody before the host is none")
    func user() async throws {
        let (failure, calls, _) = try await fetch("https://lookaside.fbsbx.com@evil.example/a", [])
        #expect(failure?.reason.code == "no_media_address" && calls == [])
    }

    @Test("A host that asks for the token and is not known is named as a setting to look at")
    func setting() async throws {
        let http = RecordingHTTP([
            .success(HTTPAnswer(status: 200, body: Array(#"{"url":"https://cdn.example/a"}"#.utf8))),
            .success(HTTPAnswer(status: 401)),
        ])
        let media = MediaReference(providerID: "1", expiresAt: FixedClock().now)
        let channel = try Harness.channel(http: http)
        do throws(ProviderFailure) {
            _ = try await channel.fetch(media, into: MemorySink())
            Issue.record("it was fetched")
        } catch {
            #expect(error.kind == .misconfigured && error.reason.code == "media_host")
            #expect(!error.reason.title.contains("cdn.example"))
        }
        let allowed = try await fetch("https://CDN.example/a", [], settings: ["media_hosts": .list(["cdn.Example"])])
        #expect(allowed.calls.map { $0.headers["authorization"] } == [Self.bearer])
    }

    @Test("A sandbox under graph_url gets it, port and all")
    func sandbox() async throws {
        let settings: [String: AdapterSettings.Value] = ["graph_url": .text("http://127.0.0.1:8090")]
        let same = try await fetch("http://127.0.0.1:8090/media/1", [], settings: settings)
        #expect(same.calls.map { $0.headers["authorization"] } == [Self.bearer])
        let other = try await fetch("http://127.0.0.1:8091/media/1", [], settings: settings)
        #expect(other.calls.map { $0.headers["authorization"] } == [nil])
    }

    @Test("An address of an unknown host in a message is not even asked")
    func given() async throws {
        let http = RecordingHTTP(
            [.success(HTTPAnswer(status: 200, body: Array(#"{"url":"\#(Self.address)"}"#.utf8)))],
            then: .success(HTTPAnswer(status: 200, body: Self.bytes)))
        let media = MediaReference(providerID: "1", url: "https://evil.example/a", expiresAt: FixedClock().now)
        _ = try await Harness.channel(http: http).fetch(media, into: MemorySink())
        #expect(http.calls.allSatisfy { !$0.url.contains("evil") })
    }

    @Test(
        "A redirect within the host keeps the token, one to another host loses it for good",
        arguments: [301, 302, 303, 307, 308])
    func redirects(status: Int) async throws {
        let within = try await fetch(Self.address, ["/b?mid=1"], status: status)
        #expect(within.bytes == Self.bytes)
        #expect(within.calls.map(\.url) == [Self.address, "https://lookaside.fbsbx.com/b?mid=1"])
        #expect(within.calls.allSatisfy { $0.headers["authorization"] == Self.bearer && $0.method == "GET" })

        let away = try await fetch(Self.address, ["https://scontent.example/b"], status: status)
        #expect(away.bytes == Self.bytes)
        #expect(away.calls.map { $0.headers["authorization"] } == [Self.bearer, nil])
        // The Graph API's own host is another one than the one that was asked.
        let graph = try await fetch(Self.address, ["//graph.facebook.com/b"], status: status)
        #expect(graph.calls.map { $0.headers["authorization"] } == [Self.bearer, nil])
    }

    @Test("Three redirects are followed and no fourth")
    func tooMany() async throws {
        let three = try await fetch(Self.address, ["/1", "/2", "/3"])
        #expect(three.failure == nil && three.calls.count == 4)
        let four = try await fetch(Self.address, ["/1", "/2", "/3", "/4"])
        #expect(four.failure?.reason.code == "too_many_redirects" && four.calls.count == 4)
    }

    @Test(
        "A redirect to no address, or from https to http, is not followed",
        arguments: [nil, "", "http://lookaside.fbsbx.com/b", "file:///etc/passwd", "https://a@b/", "b"])
    func badRedirect(location: String?) async throws {
        let (failure, calls, _) = try await fetch(Self.address, [location])
        #expect(failure?.reason.code == "bad_redirect" && failure?.kind == .unavailable && calls.count == 1)
    }
}
