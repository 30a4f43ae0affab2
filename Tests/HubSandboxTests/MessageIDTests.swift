import Foundation
import Testing

@testable import HubSandbox

struct MessageIDTests {
    @Test func `an id holds the recipient's digits as real ids do`() throws {
        let id = MessageID.make(party: "16505551234", author: .business)
        // Every id to an eleven-digit number starts alike: 1c 18 0b.
        #expect(id.hasPrefix("wamid.HBgL"))
        let record = Array(try #require(Data(base64Encoded: String(id.dropFirst(6)))))
        #expect(Array(record.prefix(3)) == [0x1C, 0x18, 11])
        #expect(String(decoding: record[3..<14], as: UTF8.self) == "16505551234")
        #expect(Array(record[14..<20]) == [0x15, 0x02, 0x00, 0x11, 0x18, 18])
        #expect(record.count == 20 + 18 + 1)
        #expect(record.last == 0)
        #expect(MessageID.party(of: id) == "16505551234")
    }

    @Test func `ids are new each time`() {
        let ids = Set((0..<1000).map { _ in MessageID.make(party: "4915123456789", author: .customer) })
        #expect(ids.count == 1000)
        #expect(ids.allSatisfy(MessageID.isWellFormed))
    }

    @Test func `a published id is understood`() {
        let id = "wamid.HBgLMTY0NjcwNDM1OTUVAgARGBI4MjZGRDA0OUE2OTQ3RkEyMzcA"
        #expect(MessageID.party(of: id) == "16467043595")
    }

    @Test(arguments: ["", "wamid.", "wamid.abc", "HBgLMTY0NjcwNDM1OTU=", "wamid.AAAAAAAAAAAAAAAAAAAAAA=="])
    func `other texts are no ids`(text: String) {
        #expect(!MessageID.isWellFormed(text))
    }
}
