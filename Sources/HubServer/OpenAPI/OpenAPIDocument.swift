import AdapterKit

/// The OpenAPI 3.1 document of the public address: webhooks, the API and the pages.
///
/// Written by hand as JSON, a file per topic. Tests hold it against the running hub: its paths are the router's, its
/// schemas fit what is answered.
enum OpenAPIDocument {
    /// The whole document, put together once.
    static let json: JSON = {
        var document = part(head).members
        let paths = [
            webhookPaths, messagePaths, mediaPaths, readingPaths, contactPaths, channelPaths, templatePaths, eventPaths,
            deadLetterPaths, pagePaths,
        ]
        document.append(.init("paths", joined(paths)))
        document.append(
            .init(
                "components",
                .object([
                    "securitySchemes": part(securitySchemes), "parameters": joined([parameters, pageParameters]),
                    "headers": part(headers), "requestBodies": joined([requestBodies, pageRequestBodies]),
                    "responses": joined([responses, channelResponses, pageResponses]),
                    "schemas": joined(schemas),
                ])))
        return .object(document)
    }()

    private static let schemas = [
        requestSchemas, newMessageSchemas, contentSchemas, interactiveSchemas, inboundSchemas, recordSchemas,
        mediaSchemas,
        channelSchemas, templateSchemas, eventSchemas, problemSchemas, pageSchemas,
    ]

    private static func joined(_ texts: [String]) -> JSON { .object(texts.flatMap { part($0).members }) }

    /// Every part is a literal of this folder, and a test parses each: null is never seen.
    static func part(_ text: String) -> JSON { (try? JSON.parse(text)) ?? .null }
}

extension OpenAPIDocument {
    static let head = #"""
        {
          "openapi": "3.1.0",
          "info": {
            "title": "Comfile Hub",
            "version": "1.0.0",
            "summary": "Messages in and out of a business's channels, one API key per tenant.",
            "description": "Every call of the API carries a key, and the key decides whose data it sees: an id of another tenant is answered exactly as one that does not exist. Every answer has a `Request-Id`. Errors are problem JSON (RFC 9457) with a stable `code`. Answers may get new members; requests with members that are not listed here are refused."
          },
          "servers": [{"url": "/"}],
          "tags": [
            {"name": "messages", "description": "Send messages and read them."},
            {"name": "media", "description": "Files of messages."},
            {"name": "contacts", "description": "The people who write and are written to."},
            {"name": "channels", "description": "How channels stand, and their accounts."},
            {"name": "templates", "description": "Texts that the provider approves beforehand."},
            {"name": "events", "description": "The log of everything that happened, at rest and live."},
            {"name": "dead letters", "description": "Events that a business system did not take."},
            {"name": "webhooks", "description": "Where providers send what happened in a channel. Not for tenants to call."},
            {"name": "pages", "description": "How a tenant's people sign in, and their pages. For browsers."},
            {"name": "description", "description": "This document."}
          ]
        }
        """#
}
