import AdapterKit

/// A page of a list, and the cursor of the next one.
struct GraphPage {
    var data: [JSON]
    var next: String?

    /// - Parameter cursor: That of this page. A provider that repeats it would never come to an end.
    init(_ body: JSON, after cursor: String?) {
        data = body["data"]?.elements ?? []
        // `next` is an address with the token in it: it only says that there is more, and is not kept.
        let after = body["paging"]?["cursors"]?["after"]?.string
        let hasMore = body["paging"]?["next"]?.string?.isEmpty == false
        next = hasMore && after != cursor && after != "" ? after : nil
    }
}

extension GraphClient {
    /// One page of a list; nil is the first.
    func page(
        _ path: GraphPath, _ query: GraphRequest.Parameters = [], after cursor: String?
    ) async throws(ProviderFailure) -> GraphPage {
        var request = GraphRequest.get(path, query + (cursor.map { [(name: "after", value: $0)] } ?? []))
        // Templates come a hundred at a time, each with its texts.
        request.maximumAnswerBytes = 8 << 20
        return GraphPage(try await json(request), after: cursor)
    }
}
