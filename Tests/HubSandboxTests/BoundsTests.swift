import Testing

@testable import HubSandbox

struct BoundsTests {
    @Test func `a log keeps the newest entries in order`() {
        var log = BoundedLog<Int>(limit: 3)
        let dropped = (1...5).map { log.append($0) }
        #expect(log.elements == [3, 4, 5])
        #expect(dropped == [nil, nil, nil, 1, 2])
    }

    @Test func `a map forgets the key that came first`() {
        var map = BoundedMap<String, Int>(limit: 2)
        map.set("a", 1)
        map.set("b", 2)
        map.set("a", 3)
        map.set("c", 4)
        #expect(map["a"] == nil)
        #expect(map["b"] == 2)
        #expect(map["c"] == 4)
    }

    @Test func `retries start at once, double, and end`() {
        let schedule = SandboxConfiguration.RetrySchedule(base: .seconds(1), ceiling: .seconds(5), limit: 6)
        let pauses = (1...7).map { schedule.pause(beforeRetry: $0) }
        #expect(pauses == [.zero, .seconds(1), .seconds(2), .seconds(4), .seconds(5), .seconds(5), nil])
    }
}
