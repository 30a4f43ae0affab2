import AdapterKit
import AdapterTesting
import Testing

@testable import WhatsAppCloud

@Suite("Fetching media")
struct MediaDownloadTests {
    private static let bytes = Array("a picture of some bytes".utf8)
    private static let address = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&hash=a"
    private static let other = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&hash=b"
    private static let bearer = "Bearer EAAG-access-token"

    private static func node(_ url: String, sha256: String? = nil) -> RecordingHTTP.Reply {
        let hash = sha256.map { #","sha256":"\#($0)""# } ?? ""
        return answer(
            200,
            #"{"messaging_product":"whatsapp","url":"\#(url)","mime_type":"image/jpeg"\#(hash),"file_size":"23","id":"1"}"#
        )
    }

    private static func answer(_ status: Int, _ body: String = "", _ headers: HTTPFields = []) -> RecordingHTTP.Reply {
        .success(HTTPAnswer(status: status, headers: headers, body: Array(body.utf8)))
    }

    private static let picture = RecordingHTTP.Reply.success(
        HTTPAnswer(status: 200, headers: [("Content-Type", "image/png")], body: bytes))

    private func fetch(
        _ script: [RecordingHTTP.Reply], url: String? = nil, settings: [String: AdapterSettings.Value] = [:],
        into sink: MemorySink = MemorySink()
    ) async -> (Result<FetchedMedia, ProviderFailure>, calls: [HTTPCall], bytes: [UInt8]) {
        let http = RecordingHTTP(script)
        let media = MediaReference(
            providerID: "1037543291543636", url: url, expiresAt: FixedClock().now + .seconds(7 * 86_400))
        do throws(ProviderFailure) {
            guard
                let channel = try? WhatsAppCloudAdapter(
                    settings: AdapterSettings(settings).merging(Harness.settings), host: TestHost(http: http))
            else { return (.failure(.init(.refused, .init(code: "test", title: "no channel"))), [], []) }
            let fetched = try await channel.fetch(media, into: sink)
            return (.success(fetched), http.calls, sink.bytes)
        } catch {
            return (.failure(error), http.calls, sink.bytes)
        }
    }

    private func failure(_ result: Result<FetchedMedia, ProviderFailure>) throws -> ProviderFailure {
        guard case .failure(let failure) = result else { throw Harness.Missing() }
        return failure
    }

    @Test("The id gives an address, and the address the bytes, both with the token in the header")
    func fetch() async throws {
        let hash = String(repeating: "ab", count: 32)
        let (result, calls, bytes) = await fetch([Self.node(Self.address, sha256: hash), Self.picture])
        #expect(try result.get() == FetchedMedia(mimeType: "image/jpeg", sha256: Array(repeating: 0xAB, count: 32)))
        #expect(bytes == Self.bytes && calls.count == 2)
        #expect(calls[0].method == "GET" && calls[0].url.contains("/v25.0/1037543291543636?"))
        #expect(calls[0].url.contains("phone_number_id=106540352242922"))
        #expect(calls[1].method == "GET" && calls[1].url == Self.address)
        #expect(calls.allSatisfy { $0.headers["authorization"] == Self.bearer && !$0.url.contains("EAAG") })
    }

    @Test("An address that came with the message saves the way over the id")
    func given() async throws {
        let (result, calls, bytes) = await fetch([Self.picture], url: Self.address)
        #expect(try result.get() == FetchedMedia(mimeType: "image/png"))
        #expect(calls.map(\.url) == [Self.address] && bytes == Self.bytes)
    }

    @Test("An address that has lapsed is asked for again, once", arguments: [400, 401, 403, 404, 410])
    func lapsed(status: Int) async throws {
        let given = await fetch([Self.answer(status), Self.node(Self.other), Self.picture], url: Self.address)
        #expect(try given.0.get().mimeType == "image/jpeg")
        #expect(given.calls.map(\.url).last == Self.other && given.calls.count == 3 && given.bytes == Self.bytes)

        let asked = await fetch([Self.node(Self.address), Self.answer(status), Self.node(Self.other), Self.picture])
        #expect(try asked.0.get().mimeType == "image/jpeg" && asked.calls.count == 4)

        let never = await fetch([
            Self.node(Self.address), Self.answer(status), Self.node(Self.other), Self.answer(status),
        ])
        let failure = try failure(never.0)
        #expect(failure.kind == .unavailable && failure.reason.code == "media_http_\(status)")
        #expect(never.calls.count == 4 && never.bytes == [])
    }

    @Test(
        "Media that Meta has no more is not there",
        arguments: [
            #"{"error":{"code":100,"error_subcode":33,"message":"m"}}"#, #"{"error":{"code":33,"message":"m"}}"#,
            #"{"error":{"code":131052,"message":"m"}}"#,
        ])
    func gone(body: String) async throws {
        let (result, calls, _) = await fetch([Self.answer(400, body)])
        #expect(try failure(result).kind == .notFound && calls.count == 1)
    }

    @Test("What may pass is not the end of it", arguments: [408, 429, 500, 502, 503])
    func passing(status: Int) async throws {
        let (result, calls, _) = await fetch([Self.node(Self.address), Self.answer(status, "", [("Retry-After", "9")])])
        let failure = try failure(result)
        #expect(failure.kind == .unavailable && failure.retryAfter == .seconds(9) && calls.count == 2)
        let lost = await fetch([Self.node(Self.address), .failure(.unanswered(reason: "reset"))])
        #expect(try self.failure(lost.0).kind == .unavailable)
    }

    @Test("That the hub took no more is told apart from a broken connection")
    func sink() async throws {
        let (result, _, _) = await fetch([Self.node(Self.address), Self.picture], into: MemorySink(limit: 5))
        let failure = try failure(result)
        #expect(failure.kind == .refused && failure.reason.code == "not_taken")
    }

    @Test("A dead token is the channel's matter")
    func token() async throws {
        let (result, _, _) = await fetch([Self.answer(401, #"{"error":{"code":190,"message":"m"}}"#)])
        #expect(try failure(result).kind == .misconfigured)
    }

    @Test("An address that is none, or none that the hub may call, says so")
    func addresses() async throws {
        for address in ["", "lookaside.fbsbx.com/x", "ftp://lookaside.fbsbx.com/x"] {
            #expect(try failure(await fetch([Self.node(address)]).0).reason.code == "no_media_address")
        }
        let refused = await fetch([Self.node(Self.address), .failure(.refused(reason: "private"))])
        #expect(try failure(refused.0).reason.code == "address_refused")
    }
}
