import AdapterKit
import GRDB
import Testing

@testable import HubStore

struct IdentifierTests {
    private let coder = IDCoder(tag: 0xFEDC_BA98_7654_3210)

    @Test(arguments: [0, 1, 31, 32, 1 << 22, 7_214_000_000_000_000_000, Int64.max])
    func anIdIsReadAsItWasWritten(number: Int64) {
        let text = coder.text(.message, number)
        #expect(text.count == 30)
        #expect(text.hasPrefix("msg_"))
        #expect(coder.number(.message, text) == number)
    }

    @Test func anIdOfAnotherKindOrTenantIsNone() {
        let text = coder.text(.message, 4711)
        #expect(coder.number(.contact, text) == nil)
        #expect(IDCoder(tag: coder.tag + 1).number(.message, text) == nil)
        #expect(IDCoder(tag: coder.tag ^ 1 << 63).number(.message, text) == nil)
    }

    @Test func idsSortByTheirNumbers() {
        let numbers: [Int64] = [0, 9, 31, 32, 1000, 1 << 40, .max]
        let texts = numbers.map { coder.text(.event, $0) }
        #expect(texts == texts.sorted())
    }

    @Test func junkIsNoId() {
        let good = coder.text(.message, 4711)
        let junk = [
            "", "msg_", "msg", String(good.dropLast()), good + "0", good.uppercased(), " " + good, good + "\u{301}",
            "msg_" + String(repeating: "z", count: 26), "msg_" + String(repeating: "u", count: 26),
            good.replacing("msg_", with: "msg-"), "msg_g" + good.dropFirst(5), "msg_\u{0}" + good.dropFirst(5),
            // Too large for the 64 bits of a row's number.
            "msg_8" + good.dropFirst(5),
        ]
        for text in junk { #expect(coder.number(.message, text) == nil, "\(text)") }
    }

    @Test func numbersRiseThoughTheClockGoesBack() {
        let numbers = RowNumbers(last: 0)
        var last: Int64 = 0
        for seconds: Int64 in [0, 0, 100, 99, -86_400, -2_000_000_000, 101, 101] {
            let number = numbers.next(at: Stores.now + .seconds(seconds))
            #expect(number > last)
            last = number
        }
    }

    @Test func numbersOfAReopenedStoreStartBehindThoseItHas() async throws {
        let stores = try Stores()
        let store = stores.open()
        let first = try #require(try await store.enqueue(.text(key: "1"), at: Stores.now).queuedID)
        await store.close()
        let earlier = Stores.now + .seconds(-1_000_000)
        let second = try #require(try await store.enqueue(.text(key: "2"), at: earlier).queuedID)
        #expect(second > first)
    }

    @Test func aReopenedStoreLooksForItsHighestNumberInEveryTable() async throws {
        let stores = try Stores()
        let store = stores.open()
        _ = try await store.lastSequence()
        await store.close()
        let queue = try DatabaseQueue(path: stores.storePath())
        let tables = try await queue.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT m.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
                    WHERE m.type = 'table' AND c.name = 'id' AND c.pk = 1
                    """)
        }
        try queue.close()
        #expect(tables.count > 15)
        // The audit log counts from 1.
        let words = OpenStore.highestNumber.text.description.split { $0 == " " || $0 == "\n" }
        for table in tables where table != "audit_entries" {
            #expect(words.contains { $0 == table }, "\(table)")
        }
    }

    @Test func numbersAreGivenOnceToManyAtATime() async {
        let numbers = RowNumbers(last: 0)
        let all = await withTaskGroup(of: [Int64].self) { group in
            for _ in 0..<8 { group.addTask { (0..<1000).map { _ in numbers.next(at: Stores.now) } } }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(Set(all).count == 8000)
    }
}
