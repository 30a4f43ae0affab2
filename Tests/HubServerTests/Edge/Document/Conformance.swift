import AdapterKit
import NIOHTTP1

@testable import HubServer

/// Holds an answer against the OpenAPI document: its status, its content type, its body.
enum Conformance {
    static func faults(_ method: String, _ path: String, _ answer: Answer) -> [String] {
        guard let operation = operation(method, path) else { return [] }
        guard let response = operation["responses"]?["\(answer.status)"].map(Schema.resolved) else {
            return ["the status is not in the document"]
        }
        guard let content = response["content"] else {
            return answer.body.isEmpty ? [] : ["the body is not in the document"]
        }
        guard let type = answer.contentType, let described = content[type] else {
            return ["the content type is not in the document"]
        }
        for header in response["headers"]?.members ?? [] where answer.headers[header.name].count != 1 {
            return ["the header \(header.name) is missing"]
        }
        // A file has no schema.
        guard type.hasSuffix("json"), let schema = described["schema"] else { return [] }
        return Schema.faults(answer.json, schema)
    }

    /// The operation that a call belongs to: literal paths come before those with parameters.
    static func operation(_ method: String, _ path: String) -> JSON? {
        let parts = path.prefix { $0 != "?" }.split(separator: "/")
        let fitting = (OpenAPIDocument.json["paths"]?.members ?? []).filter { member in
            let pattern = member.name.split(separator: "/")
            return pattern.count == parts.count && zip(pattern, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        let best = fitting.min { $0.name.count { $0 == "{" } < $1.name.count { $0 == "{" } }
        return best?.value[method.lowercased()]
    }
}
