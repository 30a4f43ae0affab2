import AdapterKit
import Foundation
import Testing

@testable import HubStore

extension MediaReference {
    static func sample(_ id: String = "770123", filename: String? = nil, lifetime: Duration = .seconds(86_400)) -> Self
    {
        MediaReference(
            providerID: id, url: "https://cdn.example/\(id)?token=quillon", mimeType: "image/jpeg",
            sha256: Array(repeating: 7, count: 32), filename: filename, expiresAt: Stores.now + lifetime)
    }
}

extension InboundMessage {
    static func image(
        _ id: String, _ media: MediaReference = .sample(), origin: Origin = .person, phone: String = "+16505551234"
    ) -> InboundMessage {
        InboundMessage(
            providerID: id, sender: [ContactIdentity(.phone, phone)], origin: origin,
            content: .media(.init(.image, mimeType: media.mimeType)), media: media, sentAt: Stores.now,
            raw: ["id": .string(id), "type": "image"])
    }
}

/// Bytes in which no chunk looks like another. From a table, since tests are not optimised and must not hold others up.
func someBytes(_ count: Int, seed: Int = 1) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count {
        let place = (seed * 7919 + bytes.count) % randomTable.count
        bytes += randomTable[place..<min(randomTable.count, place + count - bytes.count)]
    }
    return bytes
}

/// A prime number of bytes.
private let randomTable: [UInt8] = {
    var state: UInt64 = 1
    return (0..<99_991).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 56)
    }
}()

extension TenantStore {
    /// Takes in a message with an image and leases the image.
    func leasedImage(
        _ id: String = "wamid.A", _ media: MediaReference = .sample(), phone: String = "+16505551234"
    ) async throws -> LeasedMedia {
        try await ingest([.message(.image(id, media, phone: phone))], channel: "support", at: Stores.now)
        return try #require(try await leaseMedia(channel: "support", limit: 1, at: Stores.now).first)
    }

    /// Writes the bytes in pieces.
    func finished(_ leased: LeasedMedia, _ bytes: [UInt8], piece: Int = 10_000) async throws -> FinishedMedia {
        let writer = try await mediaWriter(for: leased, limit: .max)
        for start in stride(from: 0, to: bytes.count, by: piece) {
            try await writer.write(Array(bytes[start..<min(start + piece, bytes.count)]))
        }
        return try await writer.finish()
    }

    /// Takes in a message with an image and stores the image.
    func storedImage(
        _ bytes: [UInt8], _ id: String = "wamid.A", phone: String = "+16505551234", piece: Int = 10_000
    ) async throws -> LeasedMedia {
        let leased = try await leasedImage(id, phone: phone)
        try await settle(leased, .stored(finished(leased, bytes, piece: piece), mimeType: nil), at: Stores.now)
        return leased
    }

    func upload(_ bytes: [UInt8], filename: String? = nil) async throws -> MediaRecord {
        let writer = try await uploadWriter(limit: .max, at: Stores.now)
        try await writer.write(bytes)
        return try await addUpload(
            writer.finish(), kind: .document, mimeType: "application/pdf", filename: filename, at: Stores.now)
    }

    /// The whole of stored media; nil when there is none.
    func bytes(_ id: String, _ range: Range<Int>? = nil) async throws -> [UInt8]? {
        guard let reader = try await openMedia(id: id, range: range) else { return nil }
        var bytes: [UInt8] = []
        for try await piece in reader {
            #expect(!piece.isEmpty && piece.count <= 65_536)
            bytes += piece
        }
        #expect(bytes.count == reader.count)
        return bytes
    }
}

extension Stores {
    func mediaFolder(_ tenant: String = "acme") -> String { "\(folder.path)/tenants/\(tenant)/media" }

    func mediaFile(_ leased: LeasedMedia, _ tenant: String = "acme") -> String {
        "\(mediaFolder(tenant))/\(leased.number)"
    }

    /// The names of all files of the tenant's media, also unfinished ones.
    func mediaFiles(_ tenant: String = "acme") -> [String] {
        folder.files.filter { $0.hasPrefix(mediaFolder(tenant)) }.map {
            String($0.dropFirst(mediaFolder(tenant).count))
        }
    }
}
