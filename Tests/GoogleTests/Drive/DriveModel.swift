import AdapterKit
import Foundation
import Synchronization

/// A small Drive in memory, with uploads that can be cut off anywhere.
final class DriveModel: HTTPPort {
    /// What goes wrong with one call.
    enum Fault: Sendable {
        /// Nobody took it.
        case notConnected
        /// It was taken, and its answer is lost.
        case answerLost
        /// Of an upload's piece so many bytes arrive, and no answer is given.
        case cut(Int)
        /// An answer in the place of the work.
        case answer(HTTPAnswer)
        /// The work is done, and this is answered.
        case answerAfter(HTTPAnswer)
        /// Of an upload's piece so many bytes are stored, which the answer says.
        case short(Int)
        /// The upload session is forgotten first.
        case sessionGone
    }

    struct File: Equatable, Sendable {
        var name: String
        var mimeType: String
        var parents: [String]
        var content: [UInt8]
        var isTrashed = false
        var writes = 0
    }

    private struct Session {
        let id: String
        let isNew: Bool
        let metadata: JSON
        let count: Int
        var bytes: [UInt8] = []
    }

    private struct State {
        var files: [String: File] = [:]
        var sessions: [String: Session] = [:]
        var changes: [(id: String, isRemoved: Bool)] = []
        var calls: [HTTPCall] = []
        var faults: [Int: Fault] = [:]
        var next = 0
    }

    static let base = "https://drive.example/drive/v3"
    static let upload = "https://drive.example/upload/drive/v3"
    private let state = Mutex(State())
    private let tokens: Set<String>
    private let sessionHost: String

    /// - Parameter sessionHost: Where uploads are said to go.
    init(tokens: Set<String> = ["token-1", "token-2"], sessionHost: String = "https://drive.example") {
        self.tokens = tokens
        self.sessionHost = sessionHost
    }

    var calls: [HTTPCall] { state.withLock { $0.calls } }

    /// Those that are to be seen: what is in a folder that is gone is gone with it.
    var files: [String: File] {
        state.withLock { state in
            func isThere(_ id: String) -> Bool {
                if id == "root" { return true }
                guard let file = state.files[id], !file.isTrashed else { return false }
                return file.parents.allSatisfy(isThere)
            }
            return state.files.filter { isThere($0.key) }
        }
    }

    func files(named name: String) -> [File] { files.values.filter { $0.name == name } }

    /// - Parameter faults: By the number of the call, from now on counted from 0.
    func expect(_ faults: [Int: Fault]) {
        state.withLock { state in
            state.calls = []
            state.faults = faults
        }
    }

    func change(_ id: String, _ change: (inout File) -> Void) {
        state.withLock { state in
            if var file = state.files[id] {
                change(&file)
                state.files[id] = file
            }
            state.changes.append((id, false))
        }
    }

    func remove(_ id: String) {
        state.withLock { state in
            state.files[id] = nil
            state.changes.append((id, true))
        }
    }

    // MARK: The port

    func send(_ request: HTTPCall) async throws(HTTPFailure) -> HTTPAnswer {
        let result = state.withLock { state in Result { () throws(HTTPFailure) in try answer(request, &state) } }
        return try result.get()
    }

    func send(
        _ request: HTTPCall, from source: (any ByteSource)?, into sink: (any ByteSink)?
    ) async throws(HTTPFailure) -> HTTPAnswer {
        throw .refused(reason: "the model streams nothing")
    }

    private func answer(_ call: HTTPCall, _ state: inout State) throws(HTTPFailure) -> HTTPAnswer {
        let fault = state.faults[state.calls.count]
        state.calls.append(call)
        var call = call
        switch fault {
        case .notConnected: throw .notConnected(reason: "model")
        case .answer(let answer): return answer
        case .sessionGone: state.sessions = [:]
        case .cut(let count), .short(let count):
            if call.method == "PUT" { cut(&call, count) }
        default: break
        }
        let answer = work(call, &state)
        switch fault {
        case .answerLost, .cut: throw .unanswered(reason: "model")
        case .answerAfter(let other): return other
        default: return answer
        }
    }

    private func cut(_ call: inout HTTPCall, _ count: Int) {
        guard let place = Self.place(call.headers["content-range"]), let start = place.start, count < call.body.count
        else { return }
        call.body = Array(call.body.prefix(count))
        call.headers = [
            ("authorization", call.headers["authorization"] ?? ""),
            ("content-range", "bytes \(start)-\(start + count - 1)/\(place.total)"),
        ]
    }

    private func work(_ call: HTTPCall, _ state: inout State) -> HTTPAnswer {
        guard let token = call.headers["authorization"]?.dropFirst("Bearer ".count), tokens.contains(String(token))
        else {
            return Self.error(401, "authError")
        }
        guard let parts = URLComponents(string: call.url) else { return Self.error(400, "badRequest") }
        let query = Dictionary(
            (parts.queryItems ?? []).map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { first, _ in first })
        let body = (try? JSON.parse(call.body)) ?? .null
        switch (call.method, parts.path) {
        case ("GET", "/drive/v3/about"):
            return Self.ok(["user": ["displayName": "Ann", "emailAddress": "ann@acme.example"]])
        case ("GET", "/drive/v3/files/generateIds"):
            let ids = (0..<(Int(query["count"] ?? "") ?? 1)).map { _ -> JSON in
                state.next += 1
                return .string("id_\(state.next)")
            }
            return Self.ok(["ids": .array(ids)])
        case ("GET", "/drive/v3/changes/startPageToken"):
            return Self.ok(["startPageToken": .string(String(state.changes.count))])
        case ("GET", "/drive/v3/changes"): return changes(query["pageToken"] ?? "", state)
        case ("POST", "/drive/v3/files"): return create(body, content: [], &state)
        case ("POST", "/upload/drive/v3/files"): return begin(call, body, of: nil, &state)
        case ("PUT", "/upload/drive/v3/session"): return put(call, query["upload_id"] ?? "", &state)
        case ("GET", let path) where path.hasSuffix("/export"):
            let id = String(path.dropFirst("/drive/v3/files/".count).dropLast("/export".count))
            guard let file = state.files[id] else { return Self.error(404, "notFound") }
            if file.content.count > 10 * 1024 * 1024 { return Self.error(403, "exportSizeLimitExceeded") }
            return HTTPAnswer(status: 200, body: file.content)
        case ("GET", let path) where path.hasPrefix("/drive/v3/files/"):
            guard let file = state.files[String(path.dropFirst("/drive/v3/files/".count))] else {
                return Self.error(404, "notFound")
            }
            return Self.ok(["mimeType": .string(file.mimeType), "trashed": .bool(file.isTrashed)])
        case ("PATCH", let path) where path.hasPrefix("/upload/drive/v3/files/"):
            let id = String(path.dropFirst("/upload/drive/v3/files/".count))
            guard state.files[id] != nil else { return Self.error(404, "notFound") }
            if query["uploadType"] == "resumable" { return begin(call, body, of: id, &state) }
            state.files[id]?.content = call.body
            state.files[id]?.writes += 1
            return Self.ok(["id": .string(id)])
        default: return Self.error(404, "notFound")
        }
    }

    private func changes(_ token: String, _ state: State) -> HTTPAnswer {
        guard let start = Int(token), start <= state.changes.count else { return Self.error(400, "invalid") }
        // Two on a page, so that there are pages.
        let end = min(start + 2, state.changes.count)
        let list = state.changes[start..<end].map { change -> JSON in
            .object([
                "fileId": .string(change.id), "removed": .bool(change.isRemoved),
                "file": state.files[change.id].map { ["trashed": .bool($0.isTrashed)] },
            ])
        }
        let place = JSON.string(String(end))
        return Self.ok(
            .object([
                "changes": .array(list), "nextPageToken": end < state.changes.count ? place : nil,
                "newStartPageToken": end < state.changes.count ? nil : place,
            ]))
    }

    private func create(_ metadata: JSON, content: [UInt8], _ state: inout State) -> HTTPAnswer {
        guard let id = metadata["id"]?.string, let parent = metadata["parents"]?.elements.first?.string else {
            return Self.error(400, "badRequest")
        }
        if state.files[id] != nil { return Self.error(409, "fileIdInUse") }
        guard parent == "root" || state.files[parent]?.isTrashed == false else { return Self.error(404, "notFound") }
        state.files[id] = File(
            name: metadata["name"]?.string ?? "", mimeType: metadata["mimeType"]?.string ?? "", parents: [parent],
            content: content)
        state.changes.append((id, false))
        return Self.ok(["id": .string(id)])
    }

    private func begin(_ call: HTTPCall, _ metadata: JSON, of id: String?, _ state: inout State) -> HTTPAnswer {
        guard let count = Int(call.headers["x-upload-content-length"] ?? "") else {
            return Self.error(400, "badRequest")
        }
        if id == nil {
            if state.files[metadata["id"]?.string ?? ""] != nil { return Self.error(409, "fileIdInUse") }
            let parent = metadata["parents"]?.elements.first?.string ?? ""
            guard state.files[parent]?.isTrashed == false else { return Self.error(404, "notFound") }
        }
        state.next += 1
        state.sessions["s\(state.next)"] = Session(
            id: id ?? metadata["id"]?.string ?? "", isNew: id == nil, metadata: metadata, count: count)
        return HTTPAnswer(
            status: 200,
            headers: [
                ("Location", "\(sessionHost)/upload/drive/v3/session?uploadType=resumable&upload_id=s\(state.next)")
            ])
    }

    private func put(_ call: HTTPCall, _ name: String, _ state: inout State) -> HTTPAnswer {
        guard var session = state.sessions[name] else { return Self.error(404, "notFound") }
        guard let place = Self.place(call.headers["content-range"]), place.total == session.count else {
            return Self.error(400, "badRequest")
        }
        // A finished upload answers as it did.
        if session.bytes.count == session.count, session.count > 0 { return Self.ok(["id": .string(session.id)]) }
        if let start = place.start {
            guard start == session.bytes.count, place.end == start + call.body.count - 1 else {
                return Self.error(400, "badRequest")
            }
            session.bytes += call.body
            state.sessions[name] = session
        }
        guard session.bytes.count == session.count else {
            // Whole units are stored, as at Google.
            session.bytes.removeLast(session.bytes.count % (256 * 1024))
            state.sessions[name] = session
            let stored = session.bytes.count
            return HTTPAnswer(status: 308, headers: stored == 0 ? [] : [("Range", "bytes=0-\(stored - 1)")])
        }
        if session.isNew { return create(session.metadata, content: session.bytes, &state) }
        state.files[session.id]?.content = session.bytes
        state.files[session.id]?.writes += 1
        return Self.ok(["id": .string(session.id)])
    }

    private static func place(_ header: String?) -> (start: Int?, end: Int?, total: Int)? {
        guard let header, header.hasPrefix("bytes ") else { return nil }
        let parts = header.dropFirst("bytes ".count).split(separator: "/")
        guard parts.count == 2, let total = Int(parts[1]) else { return nil }
        let range = parts[0].split(separator: "-").map { Int($0) }
        return range.count == 2 ? (range[0], range[1], total) : (nil, nil, total)
    }

    static func ok(_ json: JSON) -> HTTPAnswer { HTTPAnswer(status: 200, body: json.encoded) }

    static func error(_ status: Int, _ reason: String, headers: HTTPFields = []) -> HTTPAnswer {
        let body: JSON = [
            "error": [
                "code": .integer(status), "message": "What Google says",
                "errors": [["domain": "global", "reason": .string(reason), "message": "What Google says"]],
            ]
        ]
        return HTTPAnswer(status: status, headers: headers, body: body.encoded)
    }
}
