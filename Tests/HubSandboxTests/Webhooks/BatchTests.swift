import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct BatchTests {
    @Test func `a thousand updates of two tenants come in one post`() async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.control(.post, "batch", ["count": 1000])
            #expect(answer.json["updates"]?.integer == 1000)
            #expect(answer.json["posts"]?.elements?.count == 1)
            let post = try #require(await sandbox.hub.posts(1).first)
            #expect(post.entries.count == 2)
            #expect(post.messages.count == 1000)
            #expect(Set(post.messages.compactMap { $0["id"]?.text }).count == 1000)
            #expect(post.values.compactMap { $0["messages"]?.elements?.count } == [500, 500])
        }
    }

    @Test func `messages, statuses and fields mix`() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.control(
                .post, "batch", ["count": 60, "kinds": ["message", "status", "field"], "customers": 5])
            let post = try #require(await sandbox.hub.posts(1).first)
            #expect(post.messages.count == 20 && post.statuses.count == 20)
            #expect(post.changes.filter { $0["field"] == "security" }.count == 20)
            // Statuses do not share a change with messages, nor one tenant's with another's.
            for value in post.values where value["metadata"] != nil {
                #expect((value["messages"] == nil) != (value["statuses"] == nil))
            }
        }
    }

    @Test func `a body is as long as asked, up to Meta's 3 MB`() async throws {
        try await withSandbox { sandbox in
            _ = try await sandbox.control(.post, "batch", ["count": 1000, "bytes": 3_000_000])
            let post = try #require(await sandbox.hub.posts(1).first)
            #expect(post.body.count == 3_000_000)
            #expect(post.messages.count == 1000)
            #expect(post.signature == WebhookSignature.header(of: post.body, secret: "sandbox-app-secret"))
            let longer = try await sandbox.control(.post, "batch", ["bytes": 3_000_001])
            #expect(longer.status == 400)
            #expect(try await sandbox.control(.post, "batch", ["count": 1001]).status == 400)
            #expect(try await sandbox.control(.post, "batch", ["phone_number_ids": ["1"]]).status == 404)
        }
    }
}
