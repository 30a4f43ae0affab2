import AdapterKit

/// The one way from this adapter to a shop's GraphQL Admin API, with the token that the host keeps.
struct AdminClient: Sendable {
    /// The answer to one customer with ten orders is far below it.
    private static let maximumAnswerBytes = 512 * 1024

    /// Without a slash at its end.
    let address: String
    let version: String
    let http: any HTTPPort
    let grant: any GrantPort
    let log: any LogPort

    /// Runs a query.
    /// - Returns: `data` of an answer without errors.
    func data(_ document: String, _ variables: JSON = .object([])) async throws(ProviderFailure) -> JSON {
        let access = try await grant.access()
        var answer = try await send(document, variables, access.token)
        if answer.status == 401 {
            answer = try await send(document, variables, try await grant.renewed(insteadOf: access.token).token)
        }
        return try read(answer)
    }

    private func send(
        _ document: String, _ variables: JSON, _ token: Secret
    ) async throws(ProviderFailure) -> HTTPAnswer {
        let body: JSON = ["query": .string(document), "variables": variables]
        let call = HTTPCall(
            url: "\(address)/admin/api/\(version)/graphql.json",
            headers: [
                ("content-type", "application/json"), ("accept", "application/json"),
                (AdminFailure.tokenHeader, token.reveal()),
            ], body: body.encoded, maximumAnswerBytes: Self.maximumAnswerBytes)
        do throws(HTTPFailure) {
            return try await http.send(call)
        } catch {
            throw ProviderFailure(error)
        }
    }

    private func read(_ answer: HTTPAnswer) throws(ProviderFailure) -> JSON {
        guard answer.status == 200 else { throw AdminFailure.of(answer) }
        watchVersion(answer)
        guard !answer.isTruncated, let body = try? JSON.parse(answer.body) else {
            throw ProviderFailure(
                .unavailable, FailureReason(code: "no_json", title: "Shopify answered with something else than JSON"))
        }
        if let failure = AdminFailure.of(errorsIn: body) { throw failure }
        guard let data = body["data"], !data.isNull else {
            throw ProviderFailure(.unavailable, FailureReason(code: "no_data", title: "Shopify answered without data"))
        }
        return data
    }

    /// A version that is retired answers as another one, without an error.
    private func watchVersion(_ answer: HTTPAnswer) {
        guard let served = answer.headers["x-shopify-api-version"], served != version else { return }
        log.log(
            .warning, "Shopify answered as another version than was asked for: api_version has to be renewed",
            ["asked": version, "served": String(served.prefix(20))])
    }
}
