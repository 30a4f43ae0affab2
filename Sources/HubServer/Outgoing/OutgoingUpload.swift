import AdapterKit
import AsyncHTTPClient
import NIOCore
import Synchronization

/// A request body on its way from a source into a connection, one piece after the other.
///
/// The next piece is written once the one before has left for the system, so that no more than two are in memory, and a
/// connection that fails never leaves one of the client's promises behind: it makes one for each piece that it is given
/// while it cannot write. One piece is held back until the next, or the end, is there: a request whose source turns out
/// to be too long is never whole.
final class OutgoingUpload: Sendable {
    enum SourceError: Error, Sendable {
        case failed, tooLong, tooShort

        var reason: String {
            switch self {
            case .failed: "the source of the request's body failed"
            case .tooLong: "the source of the request's body gave more bytes than it said"
            case .tooShort: "the source of the request's body gave fewer bytes than it said"
            }
        }
    }

    /// The exchange is over.
    private struct Ended: Error {}

    private struct State {
        var eventLoop: (any EventLoop)?
        var pump: Task<Void, Never>?
        /// Waits for its piece to leave.
        var waiting: CheckedContinuation<Void, any Error>?
        var isStopped = false
        var isEnded = false
    }

    /// In bytes.
    let count: Int
    private let source: any ByteSource
    private let first: [UInt8]?
    private let state = Mutex(State())

    /// Takes the first piece, so that a source that has none is found before anything is sent.
    /// - Throws: ``HTTPFailure/refused(reason:)`` for a source that cannot be right, and
    ///   ``HTTPFailure/notConnected(reason:)`` for one that is not there in time.
    init(
        _ source: any ByteSource, before deadline: NIODeadline, on eventLoop: any EventLoop
    ) async throws(HTTPFailure) {
        let promise = eventLoop.makePromise(of: [UInt8]?.self)
        let reading = Task { promise.completeWith(await Self.firstPiece(of: source)) }
        let timer = eventLoop.scheduleTask(deadline: deadline) { promise.fail(HTTPClientError.deadlineExceeded) }
        defer {
            timer.cancel()
            reading.cancel()
        }
        do {
            first = try await withTaskCancellationHandler {
                try await promise.futureResult.get()
            } onCancel: {
                promise.fail(HTTPClientError.cancelled)
            }
        } catch let error as SourceError {
            throw .refused(reason: error.reason)
        } catch {
            throw .notConnected(reason: OutgoingReason.text(for: error))
        }
        count = source.count
        self.source = source
    }

    /// Nil where there is nothing to send.
    var body: HTTPClient.Body? {
        count == 0 ? nil : .stream(contentLength: Int64(count)) { self.start($0) }
    }

    /// The request's head left, on this loop.
    func headSent(on eventLoop: any EventLoop) { state.withLock { $0.eventLoop = eventLoop } }

    /// A piece left.
    func partSent() {
        let waiting = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard !state.isStopped else { return nil }
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume()
    }

    /// Writes no more, as the answer is there already. On the event loop, before the client pauses the body.
    func stop() { state.withLock { $0.isStopped = true } }

    /// Lets go of the source, when no exchange needs it any more.
    func end() {
        let (waiting, pump) = state.withLock { state in
            state.isEnded = true
            defer { state.waiting = nil }
            return (state.waiting, state.pump)
        }
        waiting?.resume(throwing: Ended())
        pump?.cancel()
    }

    private func start(_ writer: HTTPClient.Body.StreamWriter) -> EventLoopFuture<Void> {
        guard let eventLoop = state.withLock({ $0.eventLoop }) else {
            preconditionFailure("the client asked for the body before it sent the head")
        }
        let promise = eventLoop.makePromise(of: Void.self)
        let pump = Task {
            do {
                try await self.run(writer, promise)
            } catch {
                promise.fail(error)
            }
        }
        let isEnded = state.withLock { state in
            state.pump = pump
            return state.isEnded
        }
        if isEnded { pump.cancel() }
        return promise.futureResult
    }

    /// - Parameter end: succeeds with the last piece.
    private func run(_ writer: HTTPClient.Body.StreamWriter, _ end: EventLoopPromise<Void>) async throws {
        var taken = 0
        var current = first
        while let piece = current {
            taken += piece.count
            let next = try await Self.piece(of: source)
            guard taken + (next?.count ?? 0) <= count else { throw SourceError.tooLong }
            guard next != nil || taken == count else { throw SourceError.tooShort }
            try await write(piece, isLast: next == nil, to: writer, end)
            current = next
        }
    }

    /// Returns when the piece has left, or the last one is with the client.
    private func write(
        _ piece: [UInt8], isLast: Bool, to writer: HTTPClient.Body.StreamWriter, _ end: EventLoopPromise<Void>
    ) async throws {
        try await withCheckedThrowingContinuation { continuation in
            let isEnded = state.withLock { state in
                if !state.isEnded { state.waiting = continuation }
                return state.isEnded
            }
            guard !isEnded else { return continuation.resume(throwing: Ended()) }
            // In a task of the loop: after the piece before has left, the client is told that it may write in the same
            // step in which we are.
            end.futureResult.eventLoop.execute {
                guard self.state.withLock({ !$0.isStopped && !$0.isEnded }) else { return }
                // What it answers says whether it can take more; that the piece has left is said to the exchange.
                _ = writer.write(.byteBuffer(ByteBuffer(bytes: piece)))
                guard isLast else { return }
                // In the same step, or the answer may overtake the end and the connection is not free for the next call.
                end.succeed()
                self.partSent()
            }
        }
    }

    private static func firstPiece(of source: any ByteSource) async -> Result<[UInt8]?, any Error> {
        do throws(SourceError) {
            let first = try await piece(of: source)
            guard (first?.count ?? 0) <= source.count else { throw .tooLong }
            guard first != nil || source.count == 0 else { throw .tooShort }
            return .success(first)
        } catch {
            return .failure(error)
        }
    }

    /// The next piece that is not empty.
    private static func piece(of source: any ByteSource) async throws(SourceError) -> [UInt8]? {
        do {
            while let piece = try await source.next() {
                if !piece.isEmpty { return piece }
            }
            return nil
        } catch {
            throw .failed
        }
    }
}
