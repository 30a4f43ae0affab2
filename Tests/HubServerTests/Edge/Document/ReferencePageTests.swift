import AdapterKit
import Foundation
import HubCore
import Testing

@testable import HubServer

/// docs/api.md tells of everything that the OpenAPI document does.
struct ReferencePageTests {
    private let page: String

    init() throws {
        let root = (0..<5).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        page = try String(contentsOf: root.appending(path: "docs/api.md"), encoding: .utf8)
    }

    @Test func `every route stands in it`() {
        for path in OpenAPIDocument.json["paths"]?.members ?? [] {
            for method in path.value.members
            where !["parameters"].contains(method.name) && !path.name.hasPrefix("/webhooks") {
                #expect(page.contains("| `\(method.name.uppercased()) \(path.name)` |"))
            }
            #expect(page.contains(path.name))
        }
    }

    @Test func `every error code, event type and scope stands in it`() {
        var words = APIScope.allCases.map(\.rawValue)
        func visit(_ json: JSON) {
            if let code = json["example"]?["code"]?.string { words.append(code) }
            for element in json.elements { visit(element) }
            for member in json.members { visit(member.value) }
        }
        visit(OpenAPIDocument.json["components"]?["responses"] ?? .null)
        let schemas = OpenAPIDocument.json["components"]?["schemas"]
        words += (schemas?["Event"]?["discriminator"]?["mapping"]?.members ?? []).map(\.name)
        let codes = schemas?["RequestError"]?["properties"]?["code"]?["examples"]
        words += codes?.elements.compactMap(\.string) ?? []
        #expect(words.count > 30)
        for word in words { #expect(page.contains("`\(word)`"), "\(word)") }
    }

    @Test func `its JSON is JSON`() throws {
        let blocks = page.split(separator: "```json\n").dropFirst().map {
            $0.prefix(upTo: $0.firstRange(of: "```")?.lowerBound ?? $0.endIndex)
        }
        #expect(blocks.count >= 4)
        for block in blocks { #expect(throws: Never.self) { try JSON.parse(String(block)) } }
    }
}
