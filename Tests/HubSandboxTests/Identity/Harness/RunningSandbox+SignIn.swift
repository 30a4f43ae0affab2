@testable import HubSandbox

/// Going through a provider's pages as a person does.
extension RunningSandbox {
    /// Opens a page; a name may stand in the query more than once.
    func visit(_ path: String, _ query: [(String, String)] = []) async throws -> PageAnswer {
        let fields = FormFields(query.map { .init(name: $0.0, value: $0.1) })
        return try await page(.get, query.isEmpty ? path : "\(path)?\(fields.encoded)")
    }

    /// Answers a consent page.
    /// - Parameter scopes: the boxes that are left checked.
    func answer(
        _ page: PageAnswer, at path: String, person: String, decision: String = "allow", scopes: [String] = []
    ) async throws -> PageAnswer {
        let form = [("request", page.input("request") ?? ""), ("person", person), ("decision", decision)]
        return try await submit(path, form + scopes.map { ("scope", $0) })
    }

    /// Where the recording receiver takes posts.
    func hubURL() async throws -> String {
        let numbers = try await call(.get, "/_sandbox").json["numbers"]?.elements
        return numbers?.first?["webhook_url"]?.text ?? ""
    }
}
