import AdapterKit
import Testing

@Suite(.timeLimit(.minutes(1)))
struct PagingTests {
    private static let count = 120

    /// Walks a list page by page.
    private func walk(_ hub: RunningHub, _ path: String, limit: Int?) async throws -> [[String]] {
        var pages: [[String]] = []
        var after: String?
        repeat {
            let query = [limit.map { "limit=\($0)" }, after.map { "after=\($0)" }].compactMap(\.self).joined(
                separator: "&")
            let answer = try await hub.get(query.isEmpty ? path : "\(path)?\(query)")
            try #require(answer.status == 200)
            pages.append(answer.json["data"]?.elements.compactMap { $0["id"]?.string } ?? [])
            after = answer.json["next"]?.string
        } while after != nil && pages.count < 200
        return pages
    }

    private func expectPages(_ hub: RunningHub, _ path: String, count: Int = count) async throws {
        for (limit, size) in [(nil, 50), (60, 60), (200, 200)] {
            let pages = try await walk(hub, path, limit: limit)
            let ids = pages.flatMap(\.self)
            #expect(Set(ids).count == count, "\(path) by \(size)")
            #expect(ids.count == count, "\(path) by \(size)")
            // Ids sort by time.
            #expect(ids == ids.sorted(by: >), "\(path): the newest first")
            #expect(pages.dropLast().allSatisfy { $0.count == size }, "\(path) by \(size)")
            #expect(pages.count == (count + size - 1) / size, "\(path) by \(size)")
        }
    }

    @Test func `contacts, conversations and dead letters come page by page, each once`() async throws {
        try await withHub { hub in
            let texts = (0..<Self.count).map { "text \($0)" }
            try await hub.webhook(RunningHub.texts(texts) { "+1650555\(1000 + $0)" })
            #expect(try await hub.bury("acme", count: Self.count).count == Self.count)
            for list in ["contacts", "conversations", "dead-letters"] { try await expectPages(hub, "/api/v1/\(list)") }
        }
    }

    @Test func `the messages of a conversation come page by page, and what is new shows on the first`() async throws {
        try await withHub { hub in
            try await hub.webhook(RunningHub.texts((0..<Self.count).map { "text \($0)" }))
            let conversation = try await hub.get("/api/v1/conversations").json["data"]?.elements.first?["id"]?.string
            let path = "/api/v1/conversations/\(try #require(conversation))/messages"
            try await expectPages(hub, path)
            let first = try await hub.get("\(path)?limit=100")
            try await hub.webhook(RunningHub.texts(["later"]))
            let second = try await hub.get("\(path)?limit=100&after=\(first.json["next"]?.string ?? "")")
            #expect(second.json["data"]?.elements.count == 20)
            #expect(try await hub.get("\(path)?limit=1").json["data"]?.elements.first?["text"]?["body"] == "later")
        }
    }

    @Test func `an empty list has no next`() async throws {
        try await withHub { hub in
            for list in ["contacts", "conversations", "dead-letters", "events"] {
                let answer = try await hub.get("/api/v1/\(list)")
                #expect(answer.json == ["data": [], "next": nil])
            }
        }
    }
}
