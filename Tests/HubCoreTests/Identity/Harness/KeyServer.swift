import AdapterKit
import Synchronization

/// An HTTP port that is a provider's server: answers are set by the test, and calls are counted.
final class KeyServer: HTTPPort {
    typealias Answer = @Sendable (HTTPCall) async throws(HTTPFailure) -> HTTPAnswer

    private struct State {
        var answer: Answer
        var calls: [HTTPCall] = []
    }

    private let state: Mutex<State>

    init(_ answer: @escaping Answer) { state = Mutex(State(answer: answer)) }

    convenience init(keys: [JSON]) {
        self.init { _ throws(HTTPFailure) in Self.json(.object(["keys": .array(keys)])) }
    }

    static func json(_ json: JSON, status: Int = 200, headers: HTTPFields = []) -> HTTPAnswer {
        var headers = headers
        headers.append("content-type", "application/json")
        return HTTPAnswer(status: status, headers: headers, body: json.encoded)
    }

    var calls: [HTTPCall] { state.withLock { $0.calls } }

    func serve(_ answer: @escaping Answer) { state.withLock { $0.answer = answer } }

    func serve(keys: [JSON]) { serve { _ throws(HTTPFailure) in Self.json(.object(["keys": .array(keys)])) } }

    func send(_ request: HTTPCall) async throws(HTTPFailure) -> HTTPAnswer {
        let answer = state.withLock { state in
            state.calls.append(request)
            return state.answer
        }
        return try await answer(request)
    }

    func send(
        _ request: HTTPCall, from source: (any ByteSource)?, into sink: (any ByteSink)?
    ) async throws(HTTPFailure) -> HTTPAnswer { try await send(request) }
}

/// A clock that the test moves.
final class MovingClock: ClockPort {
    private let time: Mutex<Timestamp>

    init(_ now: Timestamp = TokenMint.now) { time = Mutex(now) }

    var now: Timestamp { time.withLock { $0 } }

    func advance(_ duration: Duration) { time.withLock { $0 = $0 + duration } }
}

/// The reason of the refusal that `body` throws; nil when it throws none.
func refusal(_ body: () async throws -> Void) async -> SignInRefusal.Reason? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? SignInRefusal)?.reason
    }
}
