import AsyncHTTPClient
import FoundationEssentials
import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct DriveUploadTests {
    private static let bytes = (0..<600_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    private static let step = DriveVisit.step

    @Test func `an upload in parts becomes a file when the last is here`() async throws {
        try await withSandbox { sandbox in
            let drive = try await DriveVisit(sandbox)
            let address = try await drive.open(["name": "report.pdf"], length: Self.bytes.count)
            #expect(address.hasPrefix("http://127.0.0.1:\(sandbox.port)/google/upload/drive/v3/files?"))
            let total = Self.bytes.count
            let empty = try await drive.probe(address, total: total)
            #expect(empty.status == 308)
            #expect(empty.headers["range"] == nil)
            let first = try await drive.part(address, Array(Self.bytes.prefix(Self.step)), from: 0, of: total)
            #expect(first.status == 308)
            #expect(first.headers["range"] == "bytes=0-262143")
            let odd = try await drive.part(
                address, Array(Self.bytes[Self.step..<Self.step + 100]), from: Self.step, of: total)
            #expect(odd.status == 400)
            let rest = try await drive.part(address, Array(Self.bytes[Self.step...]), from: Self.step, of: total)
            #expect(rest.status == 200)
            #expect(rest.json["name"] == "report.pdf")
            #expect(rest.json["mimeType"] == "application/pdf")
            // Whoever lost the answer asks again, and no second file comes of it.
            #expect(try await drive.probe(address, total: total).json["id"] == rest.json["id"])
            let files = try await drive.files()
            #expect(files.count == 1)
            #expect(files.first?["content"]?.text == Data(Self.bytes).base64EncodedString())
        }
    }

    @Test func `a session ends by cancelling, by a fault, and after a week`() async throws {
        try await withSandbox { sandbox in
            let drive = try await DriveVisit(sandbox)
            let cancelled = try await drive.open(["name": "a"])
            #expect(try await drive.call("DELETE", cancelled).status == 499)
            #expect(try await drive.probe(cancelled, total: 10).status == 404)
            let gone = try await drive.open(["name": "b"])
            try await sandbox.setFaults(of: "google", ["upload_session_gone": ["next": 1]])
            #expect(try await drive.part(gone, [1, 2, 3], from: 0, of: 3).status == 404)
            #expect(try await drive.part(gone, [1, 2, 3], from: 0, of: 3).status == 404)
            let old = try await drive.open(["name": "c"])
            try await sandbox.advance(milliseconds: 7 * 86_400_000)
            // The session's address is enough; the token is long dead.
            let answer = try await sandbox.page(
                .put, old, body: [1], headers: ["content-range": "bytes 0-0/1"])
            #expect(answer.status == 404)
            #expect(try await drive.files().isEmpty)
        }
    }

    @Test func `parts can be refused, half taken, or not taken at all`() async throws {
        try await withSandbox { sandbox in
            let drive = try await DriveVisit(sandbox)
            let total = Self.step * 3
            let chunk = Array(repeating: UInt8(7), count: Self.step * 2)
            let address = try await drive.open(["name": "a"])
            try await sandbox.setFaults(of: "google", ["upload_without_range": ["next": 1]])
            let untaken = try await drive.part(address, chunk, from: 0, of: total)
            #expect(untaken.status == 308)
            #expect(untaken.headers["range"] == nil)
            try await sandbox.setFaults(of: "google", ["upload_range_smaller": ["next": 1]])
            let half = try await drive.part(address, chunk, from: 0, of: total)
            #expect(half.headers["range"] == "bytes=0-\(Self.step - 1)")
            try await sandbox.setFaults(of: "google", ["upload_unauthorized": ["next": 1]])
            #expect(try await drive.part(address, chunk, from: Self.step, of: total).status == 401)
            try await sandbox.setFaults(of: "google", ["upload_unavailable": ["next": 1]])
            #expect(try await drive.part(address, chunk, from: Self.step, of: total).status == 503)
            #expect(try await drive.probe(address, total: total).headers["range"] == "bytes=0-\(Self.step - 1)")
            #expect(try await drive.part(address, chunk, from: Self.step, of: total).status == 200)
            #expect(try await drive.files().first?["size"]?.integer == total)
        }
    }

    @Test func `a lost answer leaves the file, and one only`() async throws {
        try await withSandbox { sandbox in
            let drive = try await DriveVisit(sandbox)
            let address = try await drive.open(["name": "a"])
            try await sandbox.setFaults(of: "google", ["upload_reply_lost": ["next": 1]])
            await #expect(throws: HTTPClientError.self) { try await drive.part(address, [1, 2], from: 0, of: 2) }
            #expect(try await drive.probe(address, total: 2).json["name"] == "a")
            #expect(try await drive.files().count == 1)
        }
    }

    @Test func `quota and rates are refused in Drive's own form`() async throws {
        try await withSandbox { sandbox in
            let drive = try await DriveVisit(sandbox)
            func reason(_ answer: PageAnswer) -> String? {
                answer.json["error"]?["errors"]?.elements?.first?["reason"]?.text
            }
            try await sandbox.setFaults(of: "google", ["storage_quota_exceeded": true])
            let full = try await drive.call("POST", "/drive/v3/files", json: .object([]))
            #expect(full.status == 403)
            #expect(reason(full) == "storageQuotaExceeded")
            try await sandbox.setFaults(of: "google", ["user_rate_limit_exceeded": ["value": 7, "next": 1]])
            let slow = try await drive.call("GET", "/drive/v3/files")
            #expect(slow.status == 403)
            #expect(reason(slow) == "userRateLimitExceeded")
            #expect(slow.headers["retry-after"] == "7")
            #expect(try await drive.call("GET", "/drive/v3/files").status == 200)
            try await sandbox.setFaults(of: "google", ["drive_error": ["status": 502, "reason": "bork"]])
            #expect(reason(try await drive.call("GET", "/drive/v3/files")) == "bork")
        }
    }

    @Test func `addresses can lead elsewhere, and downloads go wrong`() async throws {
        try await withSandbox { sandbox in
            let drive = try await DriveVisit(sandbox)
            try await sandbox.setFaults(of: "google", ["upload_location": true])
            #expect(try await drive.open(["name": "a"]).hasPrefix("https://upload.evil.example/"))
            try await sandbox.setFaults(of: "google", .object([]))
            let made = try await drive.call(
                "POST", "/upload/drive/v3/files?uploadType=media", body: Array(Self.bytes.prefix(1000)))
            let path = "/drive/v3/files/\(made.json["id"]?.text ?? "")?alt=media"
            try await sandbox.setFaults(of: "google", ["download_redirect": "http://127.0.0.1:1/x"])
            #expect(try await drive.call("GET", path).location == "http://127.0.0.1:1/x")
            try await sandbox.setFaults(of: "google", ["download_corrupt": true])
            #expect(try await drive.call("GET", path).bytes != Array(Self.bytes.prefix(1000)))
            try await sandbox.setFaults(of: "google", ["download_truncated": true])
            await #expect(throws: (any Error).self) { try await drive.call("GET", path) }
        }
    }
}
