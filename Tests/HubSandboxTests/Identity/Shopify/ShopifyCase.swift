@testable import HubSandbox

/// A sandbox seen by the sample app of Shopify, at the sample shop.
struct ShopifyCase {
    static let clientID = "sandbox-shopify-client"
    static let secret = "sandbox-shopify-secret"
    static let redirect = "http://127.0.0.1:8080/auth/acme/shopify/callback"
    static let shop = "acme-store.myshopify.com"

    let sandbox: RunningSandbox

    private func admin(_ shop: String) -> String { "/shopify/\(shop)/admin" }

    // MARK: Installing

    func open(
        shop: String = shop, redirect: String = redirect, scope: String = "read_customers,read_orders",
        _ more: [(String, String)] = []
    ) async throws -> PageAnswer {
        try await sandbox.visit(
            "\(admin(shop))/oauth/authorize",
            [("client_id", Self.clientID), ("redirect_uri", redirect), ("state", "s1"), ("scope", scope)] + more)
    }

    /// Opens the page and answers it; what the app is told.
    func install(
        person: String = "ada", scope: String = "read_customers,read_orders", _ more: [(String, String)] = []
    ) async throws -> FormFields {
        let page = try await open(scope: scope, more)
        return try await sandbox.answer(page, at: "/shopify/consent", person: person).callback
    }

    /// Whether a callback is signed with a secret, by the sorted query as it is decoded.
    func isSigned(_ fields: FormFields, secret: String = secret) -> Bool {
        QuerySignature.make(fields, secret: secret) == fields["hmac"]
    }

    // MARK: Tokens

    /// Posts JSON to the token endpoint; members replace those of the client.
    func token(_ members: JSON, shop: String = shop) async throws -> PageAnswer {
        let client: JSON = ["client_id": JSON(Self.clientID), "client_secret": JSON(Self.secret)]
        let names = Set((members.members ?? []).map(\.name))
        let body = client.without(names) + members
        return try await sandbox.page(
            .post, "\(admin(shop))/oauth/access_token", body: body.bytes, headers: ["content-type": "application/json"])
    }

    /// A whole installation.
    func tokens(_ members: JSON = .object([]), _ more: [(String, String)] = []) async throws -> JSON {
        let code = try await install(more)["code"] ?? ""
        return try await token((["code": JSON(code)] as JSON) + members).json
    }

    private func install(_ more: [(String, String)]) async throws -> FormFields {
        try await install(person: "ada", scope: "read_customers,read_orders", more)
    }

    func refresh(_ token: JSON?) async throws -> PageAnswer {
        try await self.token(["grant_type": "refresh_token", "refresh_token": token ?? ""])
    }

    // MARK: Admin API

    func graphQL(
        _ query: String, token: JSON?, variables: JSON? = nil, shop: String = shop, version: String = "2026-07"
    ) async throws -> PageAnswer {
        let body: JSON = ["query": JSON(query), "variables": variables]
        return try await sandbox.page(
            .post, "\(admin(shop))/api/\(version)/graphql.json", body: body.bytes,
            headers: ["content-type": "application/json", "x-shopify-access-token": token?.text ?? ""])
    }

    func uninstall(token: JSON?) async throws -> Int {
        try await sandbox.page(
            .delete, "\(admin(Self.shop))/api_permissions/current.json",
            headers: ["x-shopify-access-token": token?.text ?? ""]
        ).status
    }

    // MARK: Control

    func control(
        _ method: RunningSandbox.Method, _ path: String, _ body: JSON? = nil
    ) async throws -> RunningSandbox.Answer {
        try await sandbox.call(method, "/_sandbox/shopify/\(path)", body)
    }

    func setFaults(_ faults: JSON) async throws {
        let answer = try await control(.put, "faults", faults)
        guard answer.status == 200 else { throw RunningSandbox.SetupError(answer: answer) }
    }

    /// Lets webhooks of the app's own settings go to the recording receiver.
    func receiveWebhooks() async throws -> String {
        let url = try await sandbox.hubURL()
        let answer = try await control(.put, "rules", ["webhook_url": JSON(url)])
        guard answer.status == 200 else { throw RunningSandbox.SetupError(answer: answer) }
        return url
    }
}

/// Runs a test as the sample app.
func withShopify(_ test: @Sendable @escaping (ShopifyCase) async throws -> Void) async throws {
    try await withSandbox { sandbox in try await test(ShopifyCase(sandbox: sandbox)) }
}
