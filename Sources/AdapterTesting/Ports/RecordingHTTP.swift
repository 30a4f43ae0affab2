public import AdapterKit
import Synchronization

/// An HTTP port that calls nobody: it answers from a script and keeps what it was asked.
public final class RecordingHTTP: HTTPPort {
    /// An answer, or why there is none.
    public typealias Reply = Result<HTTPAnswer, HTTPFailure>

    private struct State {
        var script: ArraySlice<Reply>
        var calls: [HTTPCall] = []
    }

    private let state: Mutex<State>
    private let last: Reply

    /// Answers with `script` in order, then always with `last`.
    public init(
        _ script: [Reply] = [], then last: Reply = .failure(.refused(reason: "no answer was scripted"))
    ) {
        state = Mutex(State(script: script[...]))
        self.last = last
    }

    /// What was asked so far.
    public var calls: [HTTPCall] { state.withLock { $0.calls } }

    /// Keeps the request and gives the next reply.
    public func send(_ request: HTTPCall) async throws(HTTPFailure) -> HTTPAnswer {
        let reply = state.withLock { state in
            state.calls.append(request)
            return state.script.popFirst() ?? last
        }
        return try reply.get()
    }
}
