import AsyncHTTPClient
import NIOCore
import NIOHTTP1

@testable import HubSandbox

extension RunningSandbox {
    /// What a browser sees of an answer: no redirect is followed.
    struct Page: Sendable {
        let status: Int
        let text: String
        let location: String?
        /// By lower-case name.
        let headers: [String: String]

        var json: JSON { (try? JSON.parse(Array(text.utf8))) ?? .null }

        /// The fields of the address that the browser is sent to.
        var callback: FormFields {
            let query = (location ?? "").split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
            return FormFields(query.split(separator: "#").first ?? "")
        }

        /// The value of the page's hidden field `request`.
        var requestID: String? {
            text.firstMatch(of: /name="request" value="([^"]+)"/).map { String($0.1) }
        }
    }

    private static let browser: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    func visit(_ path: String, _ query: [(String, String)] = []) async throws -> Page {
        let fields = FormFields(query.map { .init(name: $0.0, value: $0.1) })
        return try await browse(.get, query.isEmpty ? path : "\(path)?\(fields.encoded)")
    }

    func postForm(
        _ path: String, _ fields: [(String, String)], headers: [String: String] = [:]
    ) async throws -> Page {
        let form = FormFields(fields.map { .init(name: $0.0, value: $0.1) })
        return try await browse(
            .post, path, Array(form.encoded.utf8),
            headers: headers.merging(["content-type": "application/x-www-form-urlencoded"]) { $1 })
    }

    func browse(
        _ method: Method, _ path: String, _ body: [UInt8]? = nil, headers: [String: String] = [:]
    ) async throws -> Page {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = HTTPMethod(rawValue: method.rawValue)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        let response = try await Self.browser.execute(request, timeout: .seconds(20))
        let answer = try await response.body.collect(upTo: 10_000_000)
        return Page(
            status: Int(response.status.code), text: String(buffer: answer),
            location: response.headers.first(name: "location"),
            headers: Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }) { $1 })
    }

    /// Answers a consent page as a person would.
    /// - Parameter scopes: the boxes that are left checked.
    func answer(
        _ page: Page, at path: String, person: String, decision: String = "allow", scopes: [String] = [],
        fields: [(String, String)] = []
    ) async throws -> Page {
        let form = [("request", page.requestID ?? ""), ("person", person), ("decision", decision)]
        return try await postForm(path, form + scopes.map { ("scope", $0) } + fields)
    }

    /// Where the recording receiver takes posts.
    func hubURL() async throws -> String {
        let numbers = try await call(.get, "/_sandbox").json["numbers"]?.elements
        return numbers?.first?["webhook_url"]?.text ?? ""
    }
}
