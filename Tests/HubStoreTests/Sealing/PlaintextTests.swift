import AdapterKit
import Foundation
import Testing

@testable import HubStore

struct PlaintextTests {
    private let planted = [
        "Quillon Vexmore", "Quillon", "16507770123", "US.7770123777", "wamid.HBgLMTY1MDc3NzAxMjM", "the parcel is lost",
        "our secret answer", "order-key-4711", "personal detail", "Zanzibar",
    ]

    /// Writes everything that a tenant can say once.
    private func fill(_ store: TenantStore) async throws {
        let sender = [ContactIdentity(.whatsappUserID, "US.7770123777"), ContactIdentity(.phone, "+16507770123")]
        let id = "wamid.HBgLMTY1MDc3NzAxMjM"
        let order = InboundMessage(
            providerID: id + "2", sender: sender, profileName: "Quillon Vexmore",
            content: .unsupported(.init(type: "order")),
            sentAt: Stores.now, raw: ["from": "16507770123", "order": "Zanzibar"])
        try await store.ingest(
            [
                .message(.text(id, from: sender, name: "Quillon Vexmore", body: "the parcel is lost")), .message(order),
                .status(.of(id + "3", .sent)),
                .notice(AccountNotice(kind: "account_update", occurredAt: Stores.now, raw: ["city": "Zanzibar"])),
            ], channel: "support", at: Stores.now)
        let failure = FailureReason(code: "131026", title: "Undeliverable", detail: "personal detail of 16507770123")
        _ = try await store.enqueue(
            .text("our secret answer", to: "+16507770123", key: "order-key-4711"), at: Stores.now)
        let leased = try #require(try await store.lease(channel: "support", limit: 1, at: Stores.now).first)
        try await store.settle(leased, .accepted(Acceptance(providerID: id + "3")), at: Stores.now)
        try await store.ingest(
            [.status(.of(id + "3", .failed, failure: failure))], channel: "support", at: Stores.now)
    }

    private func found(in folder: TemporaryFolder) throws -> [String] {
        try folder.files.flatMap { path in
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            return planted.filter { bytes.range(of: Data($0.utf8)) != nil }.map { "\($0) in \(path)" }
        }
    }

    @Test func nothingOfAPersonIsInAnyByteOfTheData() async throws {
        let stores = try Stores()
        let store = stores.open()
        try await fill(store)
        let quarantine = try Quarantine(data: stores.folder.path, masterKey: stores.masterKey)
        try await quarantine.add(
            endpoint: "apps/meta-main", reason: "no channel has this account",
            body: Array("Quillon Vexmore 16507770123".utf8), at: Stores.now)
        #expect(stores.folder.files.contains { $0.hasSuffix("store.sqlite-wal") })
        #expect(try found(in: stores.folder) == [])
        await store.close()
        await quarantine.close()
        #expect(!stores.folder.files.contains { $0.hasSuffix("store.sqlite-wal") })
        #expect(try found(in: stores.folder) == [])
    }

    @Test func theSearchFindsWhatIsInAFile() throws {
        let folder = try TemporaryFolder()
        try Data("..16507770123..".utf8).write(to: URL(fileURLWithPath: "\(folder.path)/x"))
        #expect(try found(in: folder).count == 1)
    }
}
