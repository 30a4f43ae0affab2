import AdapterKit
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// One request and what came back, written down as it happens, so that a failure can say how far it got.
///
/// The client runs on a single event loop, and so a request is written and noted here in one step of that loop: a failure
/// without ``Progress/isRequestSent`` means that no byte of the request left.
final class OutgoingExchange: HTTPClientResponseDelegate {
    typealias Response = HTTPAnswer

    /// How long the names and values of an answer's header may be together, in bytes.
    static let maximumHeaderBytes = 64 * 1024
    /// How long an answer that came before the request was whole may take to its end. The client does not say when such
    /// an answer ends without more of a body.
    private static let earlyPatience: TimeAmount = .seconds(2)

    private struct Progress {
        var isRequestSent = false
        var isRequestWhole = false
        var answer: HTTPAnswer?
        var isHeaderTooLong = false
        var isStreamed = false
        /// The answer refuses a request that is not whole yet.
        var isEarly = false
        /// The length that an early answer says.
        var earlyLength: Int?
        var taking: Taking?
        /// Why the sink gets no more.
        var abandoned: (any Error)?

        var isEarlyAndComplete: Bool { isEarly && earlyLength != nil && earlyLength == answer?.body.count }
    }

    /// A piece that is with the sink. Whoever takes it from the progress completes the promise.
    private struct Taking {
        var promise: EventLoopPromise<Void>
        var task: Task<Void, Never>?
    }

    /// Ends the exchange from our side; the connection is closed with it.
    private struct EnoughRead: Error {}
    private struct SinkIsFull: Error {}

    private let maximumBytes: Int
    private let upload: OutgoingUpload?
    private let sink: (any ByteSink)?
    private let progress = Mutex(Progress())

    /// - Parameters:
    ///   - upload: the request's body, where it is streamed.
    ///   - sink: gets the body of an answer that says yes.
    init(maximumBytes: Int, upload: OutgoingUpload? = nil, sink: (any ByteSink)? = nil) {
        self.maximumBytes = max(0, maximumBytes)
        self.upload = upload
        self.sink = sink
    }

    func didSendRequestHead(task: HTTPClient.Task<HTTPAnswer>, _ head: HTTPRequestHead) {
        progress.withLock { $0.isRequestSent = true }
        upload?.headSent(on: task.eventLoop)
    }

    func didSendRequestPart(task: HTTPClient.Task<HTTPAnswer>, _ part: IOData) { upload?.partSent() }

    func didSendRequest(task: HTTPClient.Task<HTTPAnswer>) { progress.withLock { $0.isRequestWhole = true } }

    func didReceiveHead(task: HTTPClient.Task<HTTPAnswer>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        let length = head.headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        let isTooLong = length > Self.maximumHeaderBytes
        let status = Int(head.status.code)
        let (isDone, isEarly) = progress.withLock { progress in
            progress.isHeaderTooLong = isTooLong
            guard !isTooLong else { return (true, false) }
            let fields = HTTPFields(head.headers.map { (name: $0.name, value: $0.value) })
            progress.answer = HTTPAnswer(status: status, headers: fields)
            progress.isStreamed = sink != nil && (200...299).contains(status)
            progress.isEarly = status >= 300 && upload != nil && !progress.isRequestWhole
            if progress.isEarly { progress.earlyLength = fields["content-length"].flatMap { Int($0) } }
            return (progress.isEarlyAndComplete, progress.isEarly)
        }
        if isEarly {
            upload?.stop()
            task.eventLoop.scheduleTask(in: Self.earlyPatience) { task.cancel() }
        }
        return isDone ? task.eventLoop.makeFailedFuture(EnoughRead()) : task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<HTTPAnswer>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        if let sink, progress.withLock({ $0.isStreamed }) { return give(buffer, to: sink, on: task.eventLoop) }
        let isDone = progress.withLock { progress in
            let space = maximumBytes - (progress.answer?.body.count ?? 0)
            progress.answer?.body.append(contentsOf: buffer.readableBytesView.prefix(space))
            progress.answer?.isTruncated = buffer.readableBytes > space
            return buffer.readableBytes > space || progress.isEarlyAndComplete
        }
        return isDone ? task.eventLoop.makeFailedFuture(EnoughRead()) : task.eventLoop.makeSucceededVoidFuture()
    }

    func didFinishRequest(task: HTTPClient.Task<HTTPAnswer>) throws -> HTTPAnswer {
        guard let answer = progress.withLock({ $0.answer }) else { throw EnoughRead() }
        return answer
    }

    /// Gives the sink no more and stops waiting for it: the client does not end an exchange while it waits for one.
    func abandon(_ error: any Error) {
        let taking = progress.withLock { progress in
            progress.abandoned = error
            defer { progress.taking = nil }
            return progress.taking
        }
        taking?.task?.cancel()
        taking?.promise.fail(error)
    }

    /// The answer if we ended the exchange ourselves, else what the error means for the request.
    func outcome(of error: any Error) throws(HTTPFailure) -> HTTPAnswer {
        let progress = progress.withLock { $0 }
        if progress.isHeaderTooLong { throw .unanswered(reason: "the answer's header is too long") }
        if error is SinkIsFull { throw .unanswered(reason: "the receiver wanted no more of the answer") }
        if var answer = progress.answer, answer.isTruncated || progress.isEarly {
            // What said no to half a request has not taken it, so its answer counts even where its end is missing.
            if progress.isEarly, !progress.isEarlyAndComplete, progress.earlyLength != nil { answer.isTruncated = true }
            return answer
        }
        let reason = OutgoingReason.text(for: error)
        throw progress.isRequestSent ? .unanswered(reason: reason) : .notConnected(reason: reason)
    }

    private func give(
        _ buffer: ByteBuffer, to sink: any ByteSink, on eventLoop: any EventLoop
    ) -> EventLoopFuture<Void> {
        let promise = eventLoop.makePromise(of: Void.self)
        let abandoned = progress.withLock { progress in
            if progress.abandoned == nil { progress.taking = Taking(promise: promise) }
            return progress.abandoned
        }
        if let abandoned {
            promise.fail(abandoned)
            return promise.futureResult
        }
        let bytes = [UInt8](buffer.readableBytesView)
        let task = Task {
            do {
                try await sink.write(bytes)
                take()?.promise.succeed()
            } catch {
                take()?.promise.fail(SinkIsFull())
            }
        }
        progress.withLock { $0.taking?.task = task }
        return promise.futureResult
    }

    private func take() -> Taking? {
        progress.withLock { progress in
            defer { progress.taking = nil }
            return progress.taking
        }
    }
}
