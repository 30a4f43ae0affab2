import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Testing

@testable import HubSandbox

/// An answer with its text, for pages and redirects.
struct PageAnswer: Sendable {
    let status: Int
    /// By lower-case name.
    let headers: [String: String]
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var json: JSON { (try? JSON.parse(bytes)) ?? .null }
    var location: String? { headers["location"] }

    /// The parameters of the address that a redirect leads to, without its fragment.
    var callback: FormFields {
        let query = location?.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        return FormFields(query.prefix { $0 != "#" })
    }

    /// The value of an input of that name on a page.
    func input(_ name: String) -> String? {
        guard let start = text.firstRange(of: "name=\"\(name)\" value=\"")?.upperBound else { return nil }
        return String(text[start...].prefix { $0 != "\"" })
    }
}

/// Follows no redirects: where they lead is what tests look at.
private let browser: HTTPClient = {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
}()

extension RunningSandbox {
    func page(
        _ method: Method, _ path: String, body: [UInt8]? = nil, headers: [String: String] = [:]
    ) async throws -> PageAnswer {
        try await page(raw: method.rawValue, path, body: body, headers: headers)
    }

    /// - Parameter method: any, e.g. `PATCH`.
    func page(
        raw method: String, _ path: String, body: [UInt8]? = nil, headers: [String: String] = [:]
    ) async throws -> PageAnswer {
        var request = HTTPClientRequest(url: path.hasPrefix("http") ? path : "http://127.0.0.1:\(port)\(path)")
        request.method = HTTPMethod(rawValue: method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        let response = try await browser.execute(request, timeout: .seconds(60))
        let bytes = Array(try await response.body.collect(upTo: 100_000_000).readableBytesView)
        return PageAnswer(
            status: Int(response.status.code),
            headers: Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }) { $1 }, bytes: bytes)
    }

    func submit(
        _ path: String, _ fields: [(String, String)], headers: [String: String] = [:]
    ) async throws -> PageAnswer {
        let form = FormFields(fields.map { .init(name: $0.0, value: $0.1) }).encoded
        let type = ["content-type": "application/x-www-form-urlencoded"]
        return try await page(.post, path, body: Array(form.utf8), headers: headers.merging(type) { $1 })
    }

    func query(_ path: String, _ fields: [String: String?]) async throws -> PageAnswer {
        let given = fields.compactMap { name, value in value.map { FormFields.Field(name: name, value: $0) } }
        return try await page(.get, "\(path)?\(FormFields(given.sorted { $0.name < $1.name }).encoded)")
    }

    func setFaults(of provider: String, _ faults: JSON) async throws {
        let answer = try await call(.put, "/_sandbox/\(provider)/faults", faults)
        guard answer.status == 200 else { throw SetupError(answer: answer) }
    }

    /// Lets a person answer all consent pages of a provider in advance.
    func consent(_ provider: String, _ person: String = "ada", _ more: JSON = .object([])) async throws {
        let answer = try await call(.put, "/_sandbox/\(provider)/consent", ["person": JSON(person)] + more)
        guard answer.status == 200 else { throw SetupError(answer: answer) }
    }

    func calls(_ provider: String, _ name: String) async throws -> Int {
        try await call(.get, "/_sandbox/\(provider)/calls").json["calls"]?[name]?.integer ?? 0
    }
}
