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

    private struct Progress {
        var isRequestSent = false
        var answer: HTTPAnswer?
        var isHeaderTooLong = false
    }

    /// Ends the exchange from our side; the connection is closed with it.
    private struct EnoughRead: Error {}

    private let maximumBytes: Int
    private let progress = Mutex(Progress())

    init(maximumBytes: Int) { self.maximumBytes = max(0, maximumBytes) }

    func didSendRequestHead(task: HTTPClient.Task<HTTPAnswer>, _ head: HTTPRequestHead) {
        progress.withLock { $0.isRequestSent = true }
    }

    func didReceiveHead(task: HTTPClient.Task<HTTPAnswer>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        let length = head.headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        let isTooLong = length > Self.maximumHeaderBytes
        progress.withLock { progress in
            progress.isHeaderTooLong = isTooLong
            guard !isTooLong else { return }
            let fields = HTTPFields(head.headers.map { (name: $0.name, value: $0.value) })
            progress.answer = HTTPAnswer(status: Int(head.status.code), headers: fields)
        }
        return isTooLong ? task.eventLoop.makeFailedFuture(EnoughRead()) : task.eventLoop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<HTTPAnswer>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        let isFull = progress.withLock { progress in
            let space = maximumBytes - (progress.answer?.body.count ?? 0)
            progress.answer?.body.append(contentsOf: buffer.readableBytesView.prefix(space))
            progress.answer?.isTruncated = buffer.readableBytes > space
            return buffer.readableBytes > space
        }
        return isFull ? task.eventLoop.makeFailedFuture(EnoughRead()) : task.eventLoop.makeSucceededVoidFuture()
    }

    func didFinishRequest(task: HTTPClient.Task<HTTPAnswer>) throws -> HTTPAnswer {
        guard let answer = progress.withLock({ $0.answer }) else { throw EnoughRead() }
        return answer
    }

    /// The truncated answer if we ended the exchange ourselves, else what the error means for the request.
    func outcome(of error: any Error) throws(HTTPFailure) -> HTTPAnswer {
        let progress = progress.withLock { $0 }
        if progress.isHeaderTooLong { throw .unanswered(reason: "the answer's header is too long") }
        if let answer = progress.answer, answer.isTruncated { return answer }
        let reason = OutgoingReason.text(for: error)
        throw progress.isRequestSent ? .unanswered(reason: reason) : .notConnected(reason: reason)
    }
}
