import HTTPTypes
import Hummingbird

/// The Admin API of a shop: GraphQL, and the end of an installation.
struct AdminRoutes: Sendable {
    let platform: ShopifyPlatform
    private var provider: IdentityProvider { platform.provider }

    init(platform: ShopifyPlatform) { self.platform = platform }

    func add(to router: Router<SandboxContext>) {
        let shop = router.group("shopify/:shop/admin")
        shop.post("api/:version/graphql.json") { request, context in
            await provider.count("graphql")
            do {
                guard let version = AdminVersion.serving(context.parameters.get("version") ?? "") else {
                    throw AdminFailure.notFound
                }
                let token = try await admit(request, context)
                let json = await platform.answer(try await body(request), token)
                var reply = Response.json(json)
                let shown = await provider.take("api_version").map { $0.text ?? "2025-10" }
                reply.set("x-shopify-api-version", shown ?? version)
                return try await ReplyFault.apply(
                    await provider.take("graphql_reply"), to: reply, json: json, context)
            } catch let failure as AdminFailure {
                return failure.response
            }
        }
        // With and without the type of the answer in the path.
        for path in ["api_permissions/current.json", "api/:version/api_permissions/current.json"] {
            shop.delete(RouterPath(path)) { request, context in
                await provider.count("revoke")
                do {
                    let token = try await admit(request, context)
                    await platform.remove(token.clientID, from: token.shop)
                    let json = JSON.object([])
                    return try await ReplyFault.apply(
                        await provider.take("revoke_reply"), to: .json(json), json: json, context)
                } catch let failure as AdminFailure {
                    return failure.response
                }
            }
        }
    }

    /// The token of a call, if it opens the shop of the path.
    private func admit(_ request: Request, _ context: SandboxContext) async throws -> ShopifyToken {
        if let fault = await provider.take("api_error") { throw AdminFailure(fault) }
        guard let shop = ShopDomain(context.parameters.get("shop") ?? ""), await platform.shop(shop) != nil else {
            throw AdminFailure.notFound
        }
        guard let name = HTTPField.Name("x-shopify-access-token"), let text = request.headers[name],
            let token = await platform.token(text), token.shop == shop, await platform.isAlive(token)
        else { throw AdminFailure.unauthorized }
        return token
    }

    private func body(_ request: Request) async throws -> JSON {
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/graphql") == true else {
            do {
                return try await request.json()
            } catch is ControlError {
                throw AdminFailure(status: 400, message: "Required parameter missing or invalid")
            }
        }
        return ["query": JSON(String(decoding: try await request.wholeBody(), as: UTF8.self))]
    }
}

/// A refusal of the Admin API before anything is read.
struct AdminFailure: Error {
    var status: Int
    var message: String
    var retryAfter: String?

    static let notFound = AdminFailure(status: 404, message: "Not Found")
    static let unauthorized = AdminFailure(
        status: 401, message: "[API] Invalid API key or access token (unrecognized login or wrong password)")

    var response: Response {
        var response = Response.json(["errors": JSON(message)], status: .init(code: status))
        if let retryAfter { response.set("retry-after", retryAfter) }
        return response
    }
}

extension AdminFailure {
    /// The failure that a fault asks for.
    init(_ fault: JSON) {
        let status = fault["status"]?.integer ?? 500
        let message =
            switch status {
            case 401: Self.unauthorized.message
            case 402: "Unavailable Shop"
            case 403: "[API] This action requires merchant approval for read_orders scope."
            case 404: Self.notFound.message
            case 423: "This shop is unavailable"
            case 429:
                "Exceeded 40 calls per second for api client. Reduce request rates to resume uninterrupted service."
            default: "Internal Server Error"
            }
        self.init(
            status: status, message: fault["message"]?.text ?? message,
            retryAfter: fault["retry_after"].flatMap { $0.text ?? $0.integer.map(String.init) }
                ?? (status == 429 ? "2.0" : nil))
    }
}

extension Response {
    fileprivate mutating func set(_ name: String, _ value: String) {
        if let name = HTTPField.Name(name) { headers[name] = value }
    }
}
