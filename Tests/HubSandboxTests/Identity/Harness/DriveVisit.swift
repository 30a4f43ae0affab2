import Testing

@testable import HubSandbox

/// An app with a person's token at the sandbox's Drive.
struct DriveVisit: Sendable {
    static let step = 262_144

    let sandbox: RunningSandbox
    let token: String

    init(_ sandbox: RunningSandbox, scope: String = GoogleScopes.driveFile, person: String = "ada") async throws {
        self.sandbox = sandbox
        let reply = try await GoogleVisit(sandbox: sandbox).tokens(["scope": scope], person: person)
        token = try #require(reply["access_token"]?.text)
    }

    func call(
        _ method: String, _ path: String, json: JSON? = nil, body: [UInt8]? = nil, headers: [String: String] = [:]
    ) async throws -> PageAnswer {
        var all = ["authorization": "Bearer \(token)"]
        if json != nil { all["content-type"] = "application/json" }
        return try await sandbox.page(
            raw: method, path.hasPrefix("http") ? path : "/google" + path, body: json?.bytes ?? body,
            headers: all.merging(headers) { $1 })
    }

    func create(_ metadata: JSON) async throws -> JSON {
        let answer = try await call("POST", "/drive/v3/files?fields=*", json: metadata)
        #expect(answer.status == 200, "\(answer.text)")
        return answer.json
    }

    func list(_ q: String) async throws -> [String] {
        let query = FormFields([.init(name: "q", value: q), .init(name: "orderBy", value: "name")]).encoded
        let answer = try await call("GET", "/drive/v3/files?\(query)")
        #expect(answer.status == 200, "\(answer.text)")
        return answer.json["files"]?.elements?.compactMap { $0["name"]?.text } ?? []
    }

    /// Opens a resumable upload and tells its address.
    func open(_ metadata: JSON, length: Int? = nil) async throws -> String {
        var headers = ["x-upload-content-type": "application/pdf"]
        if let length { headers["x-upload-content-length"] = String(length) }
        let answer = try await call(
            "POST", "/upload/drive/v3/files?uploadType=resumable", json: metadata, headers: headers)
        return try #require(answer.location, "\(answer.text)")
    }

    func part(_ address: String, _ bytes: [UInt8], from start: Int, of total: Int) async throws -> PageAnswer {
        try await call(
            "PUT", address, body: bytes,
            headers: ["content-range": "bytes \(start)-\(start + bytes.count - 1)/\(total)"])
    }

    func probe(_ address: String, total: Int) async throws -> PageAnswer {
        try await call("PUT", address, body: [], headers: ["content-range": "bytes */\(total)"])
    }

    /// Everybody's files, as the control call shows them.
    func files() async throws -> [JSON] {
        try await sandbox.call(.get, "/_sandbox/drive/files").json["files"]?.elements ?? []
    }
}
