import AdapterKit
import HubCore
import HubStore
import NIOHTTP1
import Testing

@testable import HubServer

@Suite(.timeLimit(.minutes(1)))
struct DocumentTests {
    @Test(arguments: [
        OpenAPIDocument.head, OpenAPIDocument.webhookPaths, OpenAPIDocument.messagePaths, OpenAPIDocument.readingPaths,
        OpenAPIDocument.eventPaths, OpenAPIDocument.deadLetterPaths, OpenAPIDocument.securitySchemes,
        OpenAPIDocument.parameters, OpenAPIDocument.headers, OpenAPIDocument.requestBodies, OpenAPIDocument.responses,
        OpenAPIDocument.requestSchemas, OpenAPIDocument.recordSchemas, OpenAPIDocument.eventSchemas,
        OpenAPIDocument.mediaPaths, OpenAPIDocument.contactPaths, OpenAPIDocument.channelPaths,
        OpenAPIDocument.templatePaths, OpenAPIDocument.newMessageSchemas, OpenAPIDocument.contentSchemas,
        OpenAPIDocument.interactiveSchemas, OpenAPIDocument.inboundSchemas, OpenAPIDocument.mediaSchemas,
        OpenAPIDocument.channelSchemas, OpenAPIDocument.templateSchemas, OpenAPIDocument.problemSchemas,
        OpenAPIDocument.channelResponses, OpenAPIDocument.pagePaths, OpenAPIDocument.pageParameters,
        OpenAPIDocument.pageResponses, OpenAPIDocument.pageRequestBodies, OpenAPIDocument.pageSchemas,
    ])
    func `every part is a JSON object`(_ part: String) {
        #expect(!OpenAPIDocument.part(part).members.isEmpty)
    }

    @Test func `it tells of every route, and of no other`() async throws {
        try await withHub { running in
            let routes = HubServers.worldRoutes(running.hub)
            let served = Set(routes.table.routes.map { "\($0.method) \($0.template)" })
            var told: Set<String> = []
            for path in OpenAPIDocument.json["paths"]?.members ?? [] {
                for method in path.value.members where method.name != "parameters" {
                    told.insert("\(method.name.uppercased()) \(path.name)")
                }
            }
            #expect(served == told)
            #expect(served.count == routes.table.routes.count)
        }
    }

    @Test func `every reference leads somewhere, and every component is used`() {
        var references: Set<String> = []
        func visit(_ json: JSON) {
            if let reference = json["$ref"]?.string { references.insert(reference) }
            for element in json.elements { visit(element) }
            for member in json.members { visit(member.value) }
        }
        visit(OpenAPIDocument.json)
        for reference in references {
            #expect(Schema.resolved(["$ref": .string(reference)]) != .null, "\(reference)")
        }
        for kind in OpenAPIDocument.json["components"]?.members ?? [] where kind.name != "securitySchemes" {
            for component in kind.value.members {
                #expect(references.contains("#/components/\(kind.name)/\(component.name)"), "\(component.name)")
            }
        }
    }

    @Test func `names occur once`() {
        for kind in ["paths", "components"] {
            let parts =
                kind == "paths"
                ? [OpenAPIDocument.json["paths"]] : (OpenAPIDocument.json["components"]?.members ?? []).map(\.value)
            for part in parts {
                let names = (part?.members ?? []).map(\.name)
                #expect(names.count == Set(names).count)
            }
        }
    }

    @Test func `its enums are the ones of the code`() {
        let schemas = OpenAPIDocument.json["components"]?["schemas"]
        #expect(
            schemas?["MessageStatus"]?["enum"]?.elements.compactMap(\.string) == MessageStatus.allCases.map(\.rawValue))
        #expect(
            schemas?["Resolution"]?["properties"]?["as"]?["enum"]?.elements.compactMap(\.string)
                == Resolution.allCases.map(\.rawValue))
        let kinds = schemas?["Identity"]?["properties"]?["kind"]?["enum"]
        #expect(kinds?.elements.compactMap(\.string) == ContactIdentity.Kind.allCases.map(\.rawValue))
        func words(_ schema: JSON?) -> [String]? { schema?["enum"]?.elements.compactMap(\.string) }
        #expect(words(schemas?["Severity"]) == ChannelAlert.Severity.allCases.map(\.rawValue))
        #expect(
            words(schemas?["ChannelAlertData"]?["properties"]?["effect"])
                == ChannelAlert.Effect.allCases.map(\.rawValue))
        #expect(words(schemas?["TemplateStatus"]) == MessageTemplate.Status.allCases.map(\.rawValue))
        #expect(words(schemas?["Media"]?["properties"]?["state"]) == MediaRecord.State.allCases.map(\.rawValue))
        let media = MessageContent.Media.Kind.allCases.map(\.rawValue)
        #expect(words(schemas?["Media"]?["properties"]?["kind"]) == media)
        #expect(words(OpenAPIDocument.json["components"]?["parameters"]?["MediaKind"]?["schema"]) == media)
        #expect(
            words(schemas?["Interactive"]?["properties"]?["type"])
                == MessageContent.Interactive.Action.Kind.allCases.map(\.rawValue))
        let scopes = OpenAPIDocument.json["components"]?["securitySchemes"]?["bearer"]?["description"]?.string ?? ""
        for scope in APIScope.allCases { #expect(scopes.contains("`\(scope.rawValue)`")) }
        let types = Set((schemas?["Event"]?["discriminator"]?["mapping"]?.members ?? []).map(\.name))
        // The log has no event of this type yet.
        #expect(types == Set(EventPattern.types).subtracting(["conversation.updated"]))
    }

    @Test func `every type that can be sent has a schema, and every type at all a member of a message`() {
        #expect(OpenAPIDocument.sendable.map(\.key) == MessageContent.sendableTypes)
        let schemas = OpenAPIDocument.json["components"]?["schemas"]
        let mapping = schemas?["NewMessage"]?["discriminator"]?["mapping"]?.members ?? []
        #expect(mapping.map(\.name) == MessageContent.sendableTypes)
        let members = Set((schemas?["Message"]?["properties"]?.members ?? []).map(\.name))
        let inbound = ["button", "order", "system", "call", "edit", "revoke", "unsupported"]
        #expect(members.isSuperset(of: MessageContent.sendableTypes + inbound))
    }

    @Test func `it tells of the types in which media are shown`() {
        let media = OpenAPIDocument.json["paths"]?["/api/v1/media/{id}"]?["get"]?["responses"]
        for status in ["200", "206"] {
            let types = (media?[status]?["content"]?.members ?? []).map(\.name)
            #expect(Set(types) == MediaAnswer.inlineTypes.union(["application/octet-stream"]))
        }
    }

    @Test func `examples fit their schemas`() {
        var count = 0
        func visit(_ json: JSON) {
            if let schema = json["schema"], let example = json["example"], !schema.members.isEmpty,
                schema["type"]?.string != "string", json["in"] == nil
            {
                count += 1
                #expect(Schema.faults(example, schema).isEmpty, "\(example.text)")
            }
            if let schema = json["schema"] {
                for example in json["examples"]?.members ?? [] {
                    count += 1
                    #expect(Schema.faults(example.value["value"] ?? .null, schema).isEmpty, "\(example.name)")
                }
            }
            for element in json.elements { visit(element) }
            for member in json.members { visit(member.value) }
        }
        visit(OpenAPIDocument.json)
        #expect(count > 10)
    }

    @Test func `it is served without a key and may be kept`() async throws {
        try await withHub { hub in
            let answer = try await hub.get("/openapi.json", key: nil)
            #expect(answer.status == 200)
            #expect(answer.json == OpenAPIDocument.json)
            #expect(answer.headers["cache-control"] == ["public, max-age=3600"])
        }
    }
}
