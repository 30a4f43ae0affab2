import AdapterKit

extension GraphClient {
    /// Makes a call that only asks, with its query out of sight: a batch of one is a POST whose body holds the address, so
    /// that what is secret or a person's stands in no URL.
    func quietly(_ request: GraphRequest, as caller: Caller = .number) async throws(ProviderFailure) -> JSON {
        let query = GraphRequest.encoded(request.query)
        let batch: JSON = [
            [
                "method": .string(request.method),
                "relative_url": .string(request.path.text + (query.isEmpty ? "" : "?\(query)")),
            ]
        ]
        let whole = GraphRequest(
            method: "POST", path: "",
            body: .form([(name: "batch", value: batch.text), (name: "include_headers", value: "false")]))
        // [{"code": 200, "body": "{…}"}]
        let part = try await json(whole, as: caller).elements.first
        let status = part?["code"]?.integer.flatMap { Int(exactly: $0) } ?? 0
        let body = part?["body"]?.string.flatMap { try? JSON.parse($0) }
        guard status == 200, let body, body["error"] == nil else {
            throw ProviderFailure(body, HTTPAnswer(status: status))
        }
        return body
    }
}
