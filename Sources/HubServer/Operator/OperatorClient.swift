public import AdapterKit
import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Talks to a running hub in the operator's name, for the command line.
public struct OperatorClient: Sendable {
    /// Why the hub gave no answer, in a sentence for the operator.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    private let address: String

    /// - Parameter address: `hub.operator_listen`, such as `127.0.0.1:8081`.
    public init(address: String) { self.address = address }

    /// Every element of a list, page by page.
    public func pages(_ path: String) async throws -> [JSON] {
        var elements: [JSON] = []
        var query = ""
        while true {
            let page = try await call(.GET, path + query)
            elements += page["data"]?.elements ?? []
            guard let next = page["next"]?.string else { return elements }
            query = "?after=\(next)"
        }
    }

    /// Sets something off.
    /// - Parameter body: what it needs to know, if anything.
    public func post(_ path: String, _ body: JSON? = nil) async throws -> JSON { try await call(.POST, path, body) }

    /// A hub that is not there is told at once.
    private static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.timeout.connect = .seconds(5)
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    private func call(_ method: HTTPMethod, _ path: String, _ body: JSON? = nil) async throws -> JSON {
        var request = HTTPClientRequest(url: "http://\(address)\(path)")
        request.method = method
        request.headers.add(name: OperatorRoutes.proof, value: "1")
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body.encoded))
        }
        let answer: (status: UInt, body: JSON)
        do {
            answer = try await HTTPClient.withHTTPClient(configuration: Self.configuration) { [request] client in
                let response = try await client.execute(request, timeout: .seconds(60))
                let body = try await response.body.collect(upTo: 16 * 1024 * 1024)
                return (response.status.code, try JSON.parse(Array(body.readableBytesView)))
            }
        } catch {
            throw Failure(
                description: "\(address): no hub answers there; start it, or name its operator_listen with --operator")
        }
        guard answer.status == 200 else {
            throw Failure(description: Self.explanation(answer.body) ?? "\(address): the hub answered \(answer.status)")
        }
        return answer.body
    }

    /// A problem in one line: what is wrong with each parameter, or what the provider said.
    private static func explanation(_ problem: JSON) -> String? {
        guard let detail = problem["detail"]?.string else { return nil }
        let errors = (problem["errors"]?.elements ?? []).map { error in
            let place = error["pointer"]?.string?.drop { $0 == "/" } ?? ""
            let words = error["detail"]?.string ?? ""
            return place.isEmpty ? words : "\(place): \(words)"
        }
        guard errors.isEmpty else { return errors.joined(separator: "; ") }
        let said = problem["provider"]?["detail"]?.string.map { " In its words: \($0)" } ?? ""
        return (detail + said).split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
