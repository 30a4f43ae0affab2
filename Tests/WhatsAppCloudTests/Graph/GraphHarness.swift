import AdapterKit
import AdapterTesting

@testable import WhatsAppCloud

/// A number whose calls are recorded.
struct GraphHarness {
    let host: TestHost
    let adapter: WhatsAppCloudAdapter

    /// - Parameters:
    ///   - without: Settings that are left out.
    ///   - settings: Settings in place of the usual ones.
    init(
        _ replies: [RecordingHTTP.Reply], without: Set<String> = [], settings: [String: AdapterSettings.Value] = [:],
        credentials: [String: Secret] = [:]
    ) throws {
        var values: [String: AdapterSettings.Value] = [
            "app_secret": .secret([Secret(Harness.secret)]), "verify_token": .secret([Secret("a-verify-token")]),
            "phone_number_id": .text("106540352242922"), "business_account_id": .text("102290129340398"),
            "access_token": .secret([Secret("EAAG-access-token")]), "graph_url": .text("https://graph.facebook.com/"),
            "api_version": .text("v25.0"),
        ]
        values.merge(settings) { $1 }
        for key in without { values[key] = nil }
        host = TestHost(http: RecordingHTTP(replies), credentials: MemoryCredentials(credentials))
        adapter = try WhatsAppCloudAdapter(settings: AdapterSettings(values), host: host)
    }

    var graph: GraphClient {
        get throws { try adapter.number() }
    }

    var calls: [HTTPCall] { host.recordingHTTP.calls }

    /// Method and path of each call, without server, version and query.
    var asked: [String] {
        calls.map { call in
            let path = call.url.replacing("https://graph.facebook.com/v25.0", with: "").prefix { $0 != "?" }
            return "\(call.method) \(path)"
        }
    }

    func body(_ index: Int) -> JSON { (try? JSON.parse(calls[index].body)) ?? .null }

    /// The names and values of a form.
    func form(_ index: Int) -> [String: String] {
        let pairs = String(decoding: calls[index].body, as: UTF8.self).split(separator: "&").map { pair in
            pair.split(separator: "=", maxSplits: 1).map { String($0).percentDecoded }
        }
        return Dictionary(pairs.map { ($0[0], $0.count > 1 ? $0[1] : "") }) { $1 }
    }

    /// All that stands in addresses.
    var addresses: String { calls.map(\.url).joined(separator: "\n") }

    static func ok(_ body: String) -> RecordingHTTP.Reply { .success(CapabilityFixtures.answer(body)) }

    /// What Meta answers to a batch of one.
    static func batch(_ body: String, code: Int = 200) -> RecordingHTTP.Reply {
        ok(JSON.array([["code": .integer(code), "body": .string(body)]]).text)
    }

    static func error(_ code: Int, status: Int = 400) -> RecordingHTTP.Reply {
        .success(
            CapabilityFixtures.answer(
                #"{"error":{"message":"(#\#(code)) words","code":\#(code),"fbtrace_id":"Az8or2yhqkZfEZ-_4Qn_Bam"}}"#,
                status: status))
    }
}

/// What a call failed with; nil when it did not.
func failure(_ call: () async throws(ProviderFailure) -> Void) async -> ProviderFailure? {
    do throws(ProviderFailure) {
        try await call()
        return nil
    } catch {
        return error
    }
}

extension String {
    var percentDecoded: String {
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
