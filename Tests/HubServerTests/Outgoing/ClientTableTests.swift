import NIOCore
import Testing

@testable import HubServer

struct ClientTableTests {
    private var table = ClientTable<Int>(limit: 2, idleLifetime: .seconds(60))

    private static func key(_ number: UInt32) -> ClientTable<Int>.Key {
        .init(host: .name("a.example"), address: .v4(number))
    }

    private static func at(_ seconds: Int64) -> NIODeadline { .uptimeNanoseconds(0) + .seconds(seconds) }

    @Test mutating func aClientIsMadeOncePerHostAndAddress() {
        #expect(table.lease(Self.key(1), at: Self.at(0)) { 1 }.client == 1)
        #expect(table.lease(Self.key(1), at: Self.at(0)) { 2 }.client == 1)
        #expect(table.lease(.init(host: .name("b.example"), address: .v4(1)), at: Self.at(0)) { 3 }.client == 3)
    }

    @Test mutating func theLeastRecentlyUsedGoesWhenItIsFull() {
        for number in 1...2 { _ = table.lease(Self.key(UInt32(number)), at: Self.at(0)) { number } }
        table.giveBack(Self.key(2), at: Self.at(1))
        table.giveBack(Self.key(1), at: Self.at(2))
        #expect(table.lease(Self.key(3), at: Self.at(3)) { 3 }.letGo == [2])
        #expect(table.count == 2)
    }

    @Test mutating func oneInUseNeverGoes() {
        for number in 1...3 {
            #expect(table.lease(Self.key(UInt32(number)), at: Self.at(0)) { number }.letGo.isEmpty)
        }
        #expect(table.count == 3)
        table.giveBack(Self.key(2), at: Self.at(1))
        #expect(table.lease(Self.key(4), at: Self.at(1)) { 4 }.letGo == [2])
    }

    @Test mutating func theIdleGoWhenAnotherIsAdded() {
        _ = table.lease(Self.key(1), at: Self.at(0)) { 1 }
        table.giveBack(Self.key(1), at: Self.at(0))
        #expect(table.lease(Self.key(2), at: Self.at(60)) { 2 }.letGo == [1])
    }
}
