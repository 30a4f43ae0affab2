import AdapterKit
import AdapterTesting
import Testing

@testable import Shopify

@Suite("A shop as a business system")
struct AdminAdapterTests {
    static let customer: JSON = [
        "id": "gid://shopify/Customer/7210000000001", "displayName": "Sheena Nelson",
        "createdAt": "2025-10-01T10:00:00Z", "numberOfOrders": "2", "tags": ["VIP"],
        "defaultEmailAddress": ["emailAddress": "sheena.nelson@example.com"],
        "amountSpent": ["amount": "316.90", "currencyCode": "USD"],
        "orders": [
            "nodes": [
                [
                    "id": "gid://shopify/Order/5410000000003", "name": "#1003", "createdAt": "2026-11-20T10:00:00Z",
                    "updatedAt": "2026-11-21T10:00:00Z", "cancelledAt": .null, "displayFinancialStatus": "PAID",
                    "displayFulfillmentStatus": "PARTIALLY_FULFILLED",
                    "totalPriceSet": ["shopMoney": ["amount": "257.00", "currencyCode": "USD"]],
                    "lineItems": ["nodes": [["title": "Oak side table", "quantity": 1]]],
                ]
            ]
        ],
    ]

    static func answer(_ customer: JSON, headers: HTTPFields = []) -> RecordingHTTP.Reply {
        let body: JSON = [
            "data": ["customerByIdentifier": customer],
            "extensions": ["cost": ["requestedQueryCost": 21, "throttleStatus": ["currentlyAvailable": 1979]]],
        ]
        return .success(HTTPAnswer(status: 200, headers: headers, body: body.encoded))
    }

    static func event(
        _ type: String = "message.received", identities: JSON = [["kind": "phone", "value": "+16505551234"]]
    ) -> EventDelivery {
        let body: JSON = [
            "id": "evt_1", "sequence": 1, "type": .string(type), "tenant": "acme",
            "occurred_at": "2026-11-23T08:00:00.000Z",
            "data": [
                "channel": "support", "conversation_id": "cnv_1",
                "contact": ["id": "ctc_1", "name": "Sheena", "identities": identities],
                "message": ["id": "msg_1", "type": "text", "text": ["body": "Where is my table?"]],
            ],
        ]
        return EventDelivery(id: "evt_1", type: type, body: body.encoded, attempt: 1)
    }

    private struct Desk {
        let host: TestHost
        let grant: MemoryGrant
        let conversations: MemoryConversations
        let adapter: ShopifyAdminAdapter

        init(
            _ script: [RecordingHTTP.Reply], tokens: [String] = ["shpat_one", "shpat_two"],
            settings: [String: AdapterSettings.Value] = [:]
        ) throws {
            grant = MemoryGrant(tokens, subject: Sample.shop)
            conversations = MemoryConversations()
            host = TestHost(http: RecordingHTTP(script), grant: grant, conversations: conversations)
            adapter = try Sample.admin(settings, host: host)
        }

        var calls: [HTTPCall] { host.recordingHTTP.calls }
    }

    @Test("An offline token that lapses and rotates is asked for")
    func provider() throws {
        let provider = try Sample.admin().provider([:])
        #expect(provider.scopes == ["read_customers", "read_orders"] && provider.scopeSeparator == ",")
        #expect(provider.tokenParameters == ["expiring": "1"] && provider.authorizationParameters.isEmpty)
        #expect(provider.refresh == RefreshRules(rotates: true) && provider.keepsTokens)
        #expect(provider.clientAuthentication == .json && provider.issuer == "https://acme-store.myshopify.com/admin")
    }

    @Test(
        "Settings that make no address are refused",
        arguments: [
            ("shop", "evil.com"), ("shop", ""), ("api_version", "2026-13"), ("api_version", "../../x"),
            ("api_version", "v25.0"),
            ("admin_url", "https://evil.example"),
        ])
    func settings(key: String, value: String) throws {
        let problem = try #require(throws: SettingsProblem.self) { try Sample.admin([key: .text(value)]) }
        #expect(problem.key == key)
    }

    @Test("Row 87: a token of a person is refused, and one that lapses without another to renew it")
    func mode() async throws {
        let adapter = try Sample.admin()
        func reason(_ tokens: ProviderTokens) async throws -> SignInRefusal.Reason? {
            let evidence = SignInEvidence(
                provider: try adapter.provider([:]), callback: Sample.callback(Sample.parameters()), tokens: tokens)
            return await refusal { () throws(SignInRefusal) in _ = try await adapter.identity(evidence) }
        }
        let scopes = ["read_customers", "write_orders"]
        let good = ProviderTokens(
            accessToken: Secret("a"), refreshToken: Secret("r"), accessExpiresAt: Sample.now, scopes: scopes)
        #expect(try await reason(good) == nil)
        #expect(try await reason(ProviderTokens(accessToken: Secret("a"), scopes: scopes)) == nil)
        var online = good
        online.reply = ["associated_user": ["id": 1]]
        #expect(try await reason(online) == .modeMismatch)
        var unrenewable = good
        unrenewable.refreshToken = nil
        #expect(try await reason(unrenewable) == .modeMismatch)
        var fewer = good
        fewer.scopes = ["read_customers"]
        #expect(try await reason(fewer) == .scopesMissing)
    }

    @Test(
        "Who wrote is looked up by phone, and customer and orders are tied to the contact",
        arguments: ["message.received", "contact.updated"])
    func delivery(type: String) async throws {
        let desk = try Desk([Self.answer(Self.customer)])
        #expect(await desk.adapter.deliver(Self.event(type)) == .delivered)
        let call = try #require(desk.calls.first)
        #expect(call.url == "https://acme-store.myshopify.com/admin/api/2026-07/graphql.json")
        #expect(call.headers["x-shopify-access-token"] == "shpat_one" && call.headers["authorization"] == nil)
        let sent = try JSON.parse(call.body)
        #expect(sent["query"] == .string(CustomerQuery.document))
        #expect(sent["variables"] == ["identifier": ["phoneNumber": "+16505551234"], "orders": 5])
        let records = try #require(desk.conversations.records["ctc_1"])
        #expect(records.map(\.type) == ["customer", "order"])
        #expect(
            records.map(\.id) == ["gid://shopify/Customer/7210000000001", "gid://shopify/Order/5410000000003"])
        #expect(
            records[0].data == [
                "id": "gid://shopify/Customer/7210000000001", "shop": .string(Sample.shop), "name": "Sheena Nelson",
                "email": "sheena.nelson@example.com", "orders": 2, "spent": ["amount": "316.90", "currency": "USD"],
                "tags": ["VIP"],
                "since": "2025-10-01T10:00:00Z",
                "url": "https://acme-store.myshopify.com/admin/customers/7210000000001",
            ])
        #expect(records[1].data["fulfillment_status"] == "partially_fulfilled")
        #expect(records[1].data["payment_status"] == "paid")
        #expect(records[1].data["total"] == ["amount": "257.00", "currency": "USD"])
    }

    @Test("The same event again leaves the same records")
    func twice() async throws {
        let desk = try Desk([Self.answer(Self.customer), Self.answer(Self.customer)])
        for _ in 1...2 { #expect(await desk.adapter.deliver(Self.event()) == .delivered) }
        #expect(desk.conversations.records["ctc_1"]?.count == 2)
    }

    @Test("A phone number goes first, then an e-mail address; what is neither is not asked for")
    func identifiers() async throws {
        let identities: JSON = [
            ["kind": "email", "value": "sheena@example.com"], ["kind": "whatsapp_user_id", "value": "US.1"],
            ["kind": "phone", "value": "+16505551234"], ["kind": "phone", "value": "16505551234) { shop { id } }"],
        ]
        let desk = try Desk([Self.answer(.null), Self.answer(Self.customer)])
        #expect(await desk.adapter.deliver(Self.event(identities: identities)) == .delivered)
        let variables = try desk.calls.map { try JSON.parse($0.body)["variables"]?["identifier"] }
        #expect(variables == [["phoneNumber": "+16505551234"], ["emailAddress": "sheena@example.com"]])
    }

    @Test("A text of a person never becomes a part of the query")
    func injection() async throws {
        let text = "a\"){shop{name}}@example.com"
        let desk = try Desk([Self.answer(.null)])
        _ = await desk.adapter.deliver(Self.event(identities: [["kind": "email", "value": .string(text)]]))
        let sent = try JSON.parse(try #require(desk.calls.first).body)
        #expect(sent["query"] == .string(CustomerQuery.document))
        #expect(sent["variables"]?["identifier"]?["emailAddress"] == .string(text))
    }

    @Test("Nobody is asked for an event that says nothing of a contact, or of one with no number")
    func nothingToDo() async throws {
        let desk = try Desk([])
        #expect(await desk.adapter.deliver(Self.event("message.status")) == .delivered)
        #expect(await desk.adapter.deliver(Self.event(identities: [])) == .delivered)
        let erased = EventDelivery(
            id: "evt_2", type: "message.received", body: Array(#"{"id":"evt_2","data":null}"#.utf8), attempt: 1)
        #expect(await desk.adapter.deliver(erased) == .delivered)
        #expect(desk.calls.isEmpty)
    }

    @Test("Row 90: a token that is refused is renewed once")
    func renewal() async throws {
        let refused = RecordingHTTP.Reply.success(HTTPAnswer(status: 401))
        let desk = try Desk([refused, Self.answer(Self.customer)])
        #expect(await desk.adapter.deliver(Self.event()) == .delivered)
        #expect(desk.calls.map { $0.headers["x-shopify-access-token"] } == ["shpat_one", "shpat_two"])
        let dead = try Desk([refused, refused, Self.answer(Self.customer)])
        guard case .failed(let reason, nil) = await dead.adapter.deliver(Self.event()) else {
            Issue.record("not a failure")
            return
        }
        #expect(reason.code == "401" && dead.calls.count == 2 && dead.grant.renewals == 1)
    }

    @Test("Nobody is called when nobody has connected the shop")
    func unconnected() async throws {
        let desk = try Desk([], tokens: [])
        guard case .failed(let reason, _) = await desk.adapter.deliver(Self.event()) else {
            Issue.record("not a failure")
            return
        }
        #expect(reason.code == "not_connected" && desk.calls.isEmpty)
    }

    private static func errors(_ code: String?, cost: JSON? = nil) -> RecordingHTTP.Reply {
        let body = JSON.object([
            "errors": [
                JSON.object([
                    "message": "What Shopify says", "extensions": code.map { .object([.init("code", .string($0))]) },
                ])
            ],
            "extensions": cost.map { .object([.init("cost", $0)]) },
        ])
        return .success(HTTPAnswer(status: 200, body: body.encoded))
    }

    @Test(
        "A failure has a code of its own, and says when to come again where Shopify does",
        arguments: [
            (.success(HTTPAnswer(status: 429, headers: [("Retry-After", "2")])), "429", .seconds(2)),
            (.success(HTTPAnswer(status: 503)), "503", nil), (.success(HTTPAnswer(status: 402)), "402", nil),
            (.success(HTTPAnswer(status: 403)), "403", nil), (.success(HTTPAnswer(status: 404)), "404", nil),
            (.success(HTTPAnswer(status: 423)), "423", nil), (.success(HTTPAnswer(status: 400)), "400", nil),
            (
                .success(HTTPAnswer(status: 302, headers: [("Location", "https://evil.example")])), "redirect_refused",
                nil
            ),
            (.success(HTTPAnswer(status: 200, body: Array("<html>".utf8))), "no_json", nil),
            (.success(HTTPAnswer(status: 200, body: Array("{}".utf8))), "no_data", nil),
            (.success(HTTPAnswer(status: 200, body: Array(#"{"data":null}"#.utf8))), "no_data", nil),
            (.failure(.notConnected(reason: "r")), "no_connection", nil),
            (.failure(.unanswered(reason: "r")), "no_answer", nil),
            (.failure(.refused(reason: "r")), "address_refused", nil),
            (errors("ACCESS_DENIED"), "ACCESS_DENIED", nil),
            (errors("INTERNAL_SERVER_ERROR"), "INTERNAL_SERVER_ERROR", nil),
            (errors("undefinedField"), "graphql_error", nil), (errors(nil), "graphql_error", nil),
            (errors("THROTTLED"), "THROTTLED", .seconds(1)),
            (
                errors(
                    "THROTTLED",
                    cost: [
                        "requestedQueryCost": 521, "actualQueryCost": .null,
                        "throttleStatus": [
                            "maximumAvailable": .number("2000.0"), "currentlyAvailable": 20,
                            "restoreRate": .number("100.0"),
                        ],
                    ]), "THROTTLED", .seconds(6)
            ),
        ] as [(RecordingHTTP.Reply, String, Duration?)])
    func failures(reply: RecordingHTTP.Reply, code: String, retryAfter: Duration?) async throws {
        let desk = try Desk([reply])
        guard case .failed(let reason, let wait) = await desk.adapter.deliver(Self.event()) else {
            Issue.record("not a failure")
            return
        }
        #expect(reason.code == code && wait == retryAfter)
        #expect(!reason.title.contains("What Shopify says") && !reason.title.contains("evil"))
        #expect(desk.conversations.records.isEmpty && desk.calls.count == 1)
    }

    @Test("Another version than was asked for is told to the operator")
    func version() async throws {
        let desk = try Desk([Self.answer(Self.customer, headers: [("X-Shopify-API-Version", "2026-10")])])
        #expect(await desk.adapter.deliver(Self.event()) == .delivered)
        #expect(desk.host.recordingLog.lines.map(\.fields) == [["asked": "2026-07", "served": "2026-10"]])
        let same = try Desk([Self.answer(Self.customer, headers: [("X-Shopify-API-Version", "2026-07")])])
        _ = await same.adapter.deliver(Self.event())
        #expect(same.host.recordingLog.lines.isEmpty)
    }

    @Test("A test asks the shop for its name")
    func testing() async throws {
        let desk = try Desk([
            .success(HTTPAnswer(status: 200, body: Array(#"{"data":{"shop":{"name":"Acme Store"}}}"#.utf8)))
        ])
        #expect(try await desk.adapter.test() == "Acme Store (acme-store.myshopify.com) answers, API version 2026-07.")
    }

    @Test(
        "Access is given back with one call, and what is dead already is as good",
        arguments: [(200, nil), (204, nil), (401, nil), (404, nil), (429, .throttled), (500, .unavailable)]
            as [(Int, ProviderFailure.Kind?)])
    func revocation(status: Int, kind: ProviderFailure.Kind?) async throws {
        let desk = try Desk([.success(HTTPAnswer(status: status))])
        let tokens = ProviderTokens(accessToken: Secret("shpat_one"), refreshToken: Secret("shprt_one"))
        let provider = try desk.adapter.provider([:])
        do throws(ProviderFailure) {
            try await desk.adapter.revoke(tokens, subject: Sample.shop, provider)
            #expect(kind == nil)
        } catch {
            #expect(error.kind == kind)
        }
        let call = try #require(desk.calls.first)
        #expect(call.method == "DELETE" && call.headers["x-shopify-access-token"] == "shpat_one")
        #expect(call.url == "https://acme-store.myshopify.com/admin/api_permissions/current.json")
    }
}
