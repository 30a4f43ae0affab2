/// Sign-in, its pages, and where providers send their events. Pages are for people with a browser, so of each no more is
/// told than what it is and what it may answer.
extension OpenAPIDocument {
    static let pagePaths = """
        {
          \(pages.map(path).joined(separator: ",\n")),
          "/assets/pages.css": {"get": \(file("getPageStyles", "The styles of the pages", "text/css"))},
          "/assets/icon.svg": {"get": \(file("getPageIcon", "The icon of the pages", "image/svg+xml"))},
          "/auth/{tenant}/buttons.css": {
            "parameters": [\(parameter("tenant"))],
            "get": \(file("getButtonStyles", "The colours of a tenant's sign-in buttons", "text/css", mayMiss: true))
          },
          "/auth/{tenant}/{connection}/events/{topic}": {
            "parameters": [\(parameter("tenant")), \(parameter("connection")), \(parameter("topic"))],
            "post": \(event("receiveAccountEvent", "Take an event of an identity provider"))
          },
          "/connect/{tenant}/{system}/events/{topic}": {
            "parameters": [\(parameter("tenant")), \(parameter("system")), \(parameter("topic"))],
            "post": \(event("receiveSystemEvent", "Take an event of a connected business system"))
          },
          "/connect/{tenant}/{system}/session-token": {
            "parameters": [\(parameter("tenant")), \(parameter("system"))],
            "post": \(sessionToken)
          }
        }
        """

    /// An address that people open, or that a form of such a page goes to.
    private struct PagePath {
        let template: String
        /// The id and a sentence, of each method.
        var get: (String, String)?
        var post: (String, String)?
        /// For who is signed in: others are led to the sign-in page, or refused.
        var isForPeople = true
    }

    private static let pages: [PagePath] = [
        PagePath(
            template: "/auth/{tenant}", get: ("getSignInPage", "The sign-in page of a tenant"), isForPeople: false),
        PagePath(
            template: "/auth/{tenant}/invitations",
            get: ("getInvitation", "Look at a one-time link; this uses nothing up"),
            post: ("acceptInvitation", "Take the invitation along to the sign-in page"), isForPeople: false),
        PagePath(
            template: "/auth/{tenant}/deletions/{code}",
            get: ("getDeletion", "What became of a deletion that a person asked their provider for"),
            isForPeople: false),
        PagePath(
            template: "/auth/{tenant}/{connection}/start", post: ("startSignIn", "Go to the provider to sign in"),
            isForPeople: false),
        PagePath(
            template: "/auth/{tenant}/{connection}/callback",
            get: ("finishSignIn", "Come back from the provider"),
            post: ("relaySignIn", "Come back by a form, and be sent on to where the cookies arrive"),
            isForPeople: false),
        PagePath(
            template: "/connect/{tenant}/{system}/start", post: ("startConnecting", "Go to a service to connect it")),
        PagePath(
            template: "/connect/{tenant}/{system}/callback",
            get: ("finishConnecting", "Come back from the service"), isForPeople: false),
        PagePath(template: "/account/{tenant}", get: ("getAccount", "One's own account")),
        PagePath(template: "/account/{tenant}/sign-out", post: ("signOut", "Sign out")),
        PagePath(
            template: "/account/{tenant}/sign-out-everywhere", post: ("signOutEverywhere", "End all sessions")),
        PagePath(
            template: "/account/{tenant}/sessions/end-others", post: ("endOtherSessions", "End all other sessions")),
        PagePath(
            template: "/account/{tenant}/sessions/{session}/end", post: ("endSession", "End one of one's sessions")),
        PagePath(
            template: "/account/{tenant}/identities/{identity}/unlink",
            post: ("unlinkIdentity", "Remove one of one's ways to sign in")),
        PagePath(template: "/account/{tenant}/people", get: ("getPeople", "The tenant's people and open invitations")),
        PagePath(template: "/account/{tenant}/invitations", post: ("invite", "Make a one-time link")),
        PagePath(
            template: "/account/{tenant}/invitations/{invitation}/revoke",
            post: ("revokeInvitation", "Withdraw an invitation")),
        PagePath(template: "/account/{tenant}/people/{person}", get: ("getPerson", "One of the people")),
        PagePath(template: "/account/{tenant}/people/{person}/role", post: ("setRole", "Change a person's role")),
        PagePath(
            template: "/account/{tenant}/people/{person}/suspend",
            post: ("suspendPerson", "Keep a person out, and end their sessions")),
        PagePath(template: "/account/{tenant}/people/{person}/restore", post: ("restorePerson", "Let them in again")),
        PagePath(
            template: "/account/{tenant}/people/{person}/invite",
            post: ("invitePersonBack", "Make a link that lets them back in")),
        PagePath(template: "/account/{tenant}/people/{person}/remove", post: ("removePerson", "Remove a person")),
        PagePath(
            template: "/account/{tenant}/people/{person}/sessions/end",
            post: ("endSessionsOfPerson", "End all sessions of a person")),
        PagePath(
            template: "/account/{tenant}/people/{person}/sessions/{session}/end",
            post: ("endSessionOfPerson", "End a session of a person")),
        PagePath(
            template: "/account/{tenant}/keys", get: ("getKeys", "The keys that people issued"),
            post: ("issueKey", "Issue a key")),
        PagePath(template: "/account/{tenant}/keys/{key}/revoke", post: ("revokeKey", "Revoke a key")),
        PagePath(template: "/account/{tenant}/services", get: ("getServices", "Services, and how they stand")),
        PagePath(
            template: "/account/{tenant}/services/{service}/test", post: ("testService", "Try whether it answers")),
        PagePath(
            template: "/account/{tenant}/services/{service}/disconnect",
            post: ("disconnectService", "Give back what it granted")),
        PagePath(template: "/account/{tenant}/audit", get: ("getAudit", "Who did what, and what was refused")),
    ]

    // MARK: Parts

    private static func path(_ page: PagePath) -> String {
        let names = page.template.split(separator: "/").filter { $0.hasPrefix("{") }.map { $0.dropFirst().dropLast() }
        let methods = [
            page.get.map { ("get", operation($0, page, isForm: false)) },
            page.post.map { ("post", operation($0, page, isForm: true)) },
        ].compactMap(\.self)
        return """
            "\(page.template)": {
              "parameters": [\(names.map { parameter(String($0)) }.joined(separator: ", "))],
              \(methods.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ",\n"))
            }
            """
    }

    private static func operation(_ words: (String, String), _ page: PagePath, isForm: Bool) -> String {
        // A tuple of status and shared response each, but for the page itself.
        var statuses = [(400, "PageError"), (404, "PageError"), (503, "PageError"), (303, "SeeOther")]
        if !isForm || page.template.hasSuffix("/start") || page.template == "/auth/{tenant}/{connection}/callback" {
            statuses += [(403, "PageError"), (409, "PageError"), (424, "PageError"), (429, "PageError")]
        }
        if !isForm { statuses.append((200, "Page")) }
        if isForm { statuses += [(401, "PageError"), (403, "PageError"), (413, "PageError"), (422, "Page")] }
        let unique = Dictionary(statuses) { first, _ in first }.sorted { $0.key < $1.key }
        let responses = unique.map { ##""\##($0.key)": {"$ref": "#/components/responses/\##($0.value)"}"## }
        let form = isForm ? ##""requestBody": {"$ref": "#/components/requestBodies/PageForm"},"## : ""
        return """
            {
              "operationId": "\(words.0)", "tags": ["pages"], "security": [], "summary": "\(words.1)",
              "description": "\(page.isForPeople ? "For who is signed in at the tenant." : "For everyone.")",
              \(form)
              "responses": {\(responses.joined(separator: ", "))}
            }
            """
    }

    private static func event(_ id: String, _ summary: String) -> String {
        ##"""
        {
          "operationId": "\##(id)", "tags": ["pages"], "security": [], "summary": "\##(summary)",
          "description": "The provider proves it as it does: by a signature over the body, or by a signed token in it. What the event means is done before the answer.",
          "requestBody": {"$ref": "#/components/requestBodies/ProviderEvent"},
          "responses": {
            "200": {"$ref": "#/components/responses/EventTaken"},
            "202": {"$ref": "#/components/responses/EventTaken"},
            \##(errors([400: "BadRequest", 401: "SignatureWrong", 404: "NotFound", 413: "TooLarge", 503: "Unavailable"]))
          }
        }
        """##
    }

    private static let sessionToken = ##"""
        {
          "operationId": "connectBySessionToken", "tags": ["pages"], "security": [{"sessionToken": []}],
          "summary": "Connect a business system from within it",
          "description": "For an app that is opened in the system, such as an embedded Shopify app: it sends the session token that the system gave its page. The hub checks it, exchanges it for tokens of its own (RFC 8693) and keeps them as if somebody had connected the service.",
          "responses": {
            "204": {
              "description": "The service is connected.",
              "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}}
            },
            \##(errors([
                401: "SessionTokenWrong", 404: "NotFound", 409: "ConnectionRefused", 503: "Unavailable",
            ]))
          }
        }
        """##

    private static func file(_ id: String, _ summary: String, _ type: String, mayMiss: Bool = false) -> String {
        let missing = mayMiss ? ##", "404": {"$ref": "#/components/responses/PageError"}"## : ""
        return ##"""
            {
              "operationId": "\##(id)", "tags": ["pages"], "security": [], "summary": "\##(summary)",
              "responses": {
                "200": {
                  "description": "A file of the pages.",
                  "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
                  "content": {"\##(type)": {"schema": {"type": "string"}}}
                }\##(missing)
              }
            }
            """##
    }

    private static func parameter(_ name: String) -> String {
        ##"{"$ref": "#/components/parameters/Page\##(name.prefix(1).uppercased())\##(name.dropFirst())"}"##
    }
}

extension OpenAPIDocument {
    static let pageParameters = """
        {
          \(parameters([
            ("tenant", "A tenant's id.", "acme"), ("connection", "A way to sign in, of `sign_in` in tenants.yaml.", "google"),
            ("system", "A business system that people connect.", "archive"),
            ("topic", "What the event is about: one of the adapter's topics.", "risc"),
            ("code", "The confirmation code that the provider passed on.", "mC9k"),
            ("session", "A session's id.", "ses_00000000000000000000000000"),
            ("identity", "An identity's id.", "idn_00000000000000000000000000"),
            ("invitation", "An invitation's id.", "inv_00000000000000000000000000"),
            ("person", "A person's id.", "per_00000000000000000000000000"),
            ("key", "A key's id.", "key_00000000000000000000000000"),
            ("service", "A business system that people connect.", "archive"),
          ]))
        }
        """

    private static func parameters(_ all: [(name: String, description: String, example: String)]) -> String {
        all.map { parameter in
            let name = parameter.name.prefix(1).uppercased() + parameter.name.dropFirst()
            return """
                "Page\(name)": {
                  "name": "\(parameter.name)", "in": "path", "required": true,
                  "description": "\(parameter.description)", "schema": {"type": "string"}, "example": "\(parameter.example)"
                }
                """
        }.joined(separator: ",\n")
    }

    static let pageResponses = #"""
        {
          "Page": {
            "description": "A page.",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
            "content": {"text/html": {"schema": {"type": "string"}}}
          },
          "PageError": {
            "description": "A page that says what happened and what to do.",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
            "content": {"text/html": {"schema": {"type": "string"}}}
          },
          "SeeOther": {
            "description": "On to `Location`: a page of the hub, or the provider.",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}}
          },
          "EventTaken": {
            "description": "It is done and on disk. Which of the statuses it is depends on the provider; some want to read something besides.",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/EventAnswer"}}}
          }
        }
        """#

    static let pageRequestBodies = #"""
        {
          "PageForm": {
            "required": true,
            "description": "A form of one of the hub's own pages: it repeats the page's token as `proof`, and the browser says that it comes from there.",
            "content": {"application/x-www-form-urlencoded": {"schema": {"type": "object"}}}
          },
          "ProviderEvent": {
            "required": true,
            "description": "As the provider sends it, at most 1 MiB.",
            "content": {"*/*": {"schema": {}}}
          }
        }
        """#

    static let pageSchemas = #"""
        {
          "EventAnswer": {
            "type": "object",
            "description": "Where a person sees what became of their request for deletion; empty for all other events.",
            "properties": {
              "url": {"type": "string", "description": "The status page."},
              "confirmation_code": {"type": "string", "description": "The code that the page is found by."}
            }
          }
        }
        """#
}
