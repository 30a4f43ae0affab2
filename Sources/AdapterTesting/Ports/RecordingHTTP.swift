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

    /// What was asked so far. The body of a call that was streamed is what its source gave.
    public var calls: [HTTPCall] { state.withLock { $0.calls } }

    /// Keeps the request and gives the next reply.
    public func send(_ request: HTTPCall) async throws(HTTPFailure) -> HTTPAnswer {
        let reply = state.withLock { state in
            state.calls.append(request)
            return state.script.popFirst() ?? last
        }
        return try reply.get()
    }

    /// The same with a body from `source`, and with the answer's body in pieces to `sink` when the status is 200 to 299.
    public func send(
        _ request: HTTPCall, from source: (any ByteSource)?, into sink: (any ByteSink)?
    ) async throws(HTTPFailure) -> HTTPAnswer {
        var request = request
        if let source {
            do {
                request.body = try await source.drained()
            } catch {
                throw .unanswered(reason: "the source of the body failed")
            }
        }
        var answer = try await send(request)
        guard let sink, (200..<300).contains(answer.status) else { return answer }
        do {
            // Small and uneven pieces, as they come from a network.
            var rest = answer.body[...]
            var size = 1
            while !rest.isEmpty {
                try await sink.write(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
                size = min(size * 2, 64 * 1024)
            }
        } catch {
            throw .unanswered(reason: "the sink took no more")
        }
        answer.body = []
        return answer
    }
}

extension ByteSource {
    /// All that is left.
    fileprivate func drained() async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let piece = try await next() { bytes += piece }
        return bytes
    }
}
