import AdapterKit
import Synchronization

@testable import HubServer

/// Gives the pattern, and may misbehave on the way.
final class PatternSource: ByteSource {
    struct Broken: Error {}

    enum End: Sendable {
        case ends, fails, hangs
    }

    let count: Int
    private let given: Int
    private let piece: Int
    private let end: End
    private let position = Mutex(0)

    /// - Parameters:
    ///   - count: what it says that it has.
    ///   - given: what it gives before its end.
    init(_ count: Int, given: Int? = nil, piece: Int = 65_000, end: End = .ends) {
        self.count = count
        self.given = given ?? count
        self.piece = piece
        self.end = end
    }

    /// Bytes given so far.
    var taken: Int { position.withLock { $0 } }

    func next() async throws -> [UInt8]? {
        let start = taken
        guard start < given else {
            switch end {
            case .ends: return nil
            case .fails: throw Broken()
            case .hangs:
                try await Task.sleep(for: .seconds(3600))
                return nil
            }
        }
        let bytes = pattern(from: start, min(piece, given - start))
        position.withLock { $0 += bytes.count }
        return bytes
    }
}

/// Counts what it gets and proves that it is the pattern.
final class PatternSink: ByteSink {
    struct Full: Error {}

    private struct State {
        var taken = 0
        var isPattern = true
        var isInside = false
    }

    private let limit: Int
    private let gate: Gate?
    private let state = Mutex(State())

    /// - Parameters:
    ///   - limit: it throws beyond.
    ///   - gate: it takes nothing before this opens.
    init(limit: Int = .max, gate: Gate? = nil) {
        self.limit = limit
        self.gate = gate
    }

    var taken: Int { state.withLock { $0.taken } }
    /// Whether all bytes came in order, one piece at a time.
    var isPattern: Bool { state.withLock { $0.isPattern } }

    func write(_ bytes: [UInt8]) async throws {
        state.withLock { state in
            state.isPattern = state.isPattern && !state.isInside
            state.isInside = true
        }
        defer { state.withLock { $0.isInside = false } }
        try await gate?.wait()
        try state.withLock { state in
            guard state.taken + bytes.count <= limit else { throw Full() }
            state.isPattern = state.isPattern && OutgoingTests.isPattern(bytes, from: state.taken)
            state.taken += bytes.count
        }
    }
}

/// Holds up whoever comes until it is opened or they are cancelled.
final class Gate: Sendable {
    private let isOpen = Mutex(false)

    func open() { isOpen.withLock { $0 = true } }

    func wait() async throws {
        while !isOpen.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
    }
}

func result(
    of call: HTTPCall, from source: (any ByteSource)? = nil, into sink: (any ByteSink)? = nil, with http: OutgoingHTTP
) async -> Result<HTTPAnswer, HTTPFailure> {
    do throws(HTTPFailure) {
        return .success(try await http.send(call, from: source, into: sink))
    } catch {
        return .failure(error)
    }
}

extension Result<HTTPAnswer, HTTPFailure> {
    var answer: HTTPAnswer? { try? get() }
    var failure: HTTPFailure? { if case .failure(let failure) = self { failure } else { nil } }
}

func call(_ server: StreamServer, _ method: String = "POST", timeout: Duration = .seconds(60)) -> HTTPCall {
    HTTPCall(method: method, url: "http://127.0.0.1:\(server.port)/media", timeout: timeout)
}
