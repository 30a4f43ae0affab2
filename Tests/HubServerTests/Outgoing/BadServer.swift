import Foundation
import NIOCore
import NIOPosix
import Synchronization
import Testing

/// A server on loopback that does to each request what it is told to, down to the bytes.
final class BadServer: Sendable {
    /// What it does when a request has come in whole.
    enum Act: Sendable {
        case say(String)
        case sayThenClose(String)
        /// Keeps writing the text until the connection is gone.
        case flood(head: String, with: String)
        case close
        case reset
        case sayThenReset(String)
        case hang

        /// A small answer on a connection that stays.
        static let ok = Act.say("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")
    }

    /// What it saw.
    struct Seen: Sendable {
        var connections = 0
        var requests: [String] = []
        /// Bytes that are no whole request, such as a TLS hello.
        var rest: [UInt8] = []
    }

    private let channel: any Channel
    private let seenBox: SeenBox

    /// Filled by the connections' handlers.
    final class SeenBox: Sendable {
        let seen = Mutex(Seen())
    }

    var port: Int { channel.localAddress?.port ?? 0 }
    var seen: Seen { seenBox.seen.withLock { $0 } }

    /// - Parameters:
    ///   - acts: One per request over all connections, the last for ever.
    ///   - greeting: What it says before it is asked, as a mail server does.
    init(_ acts: [Act], host: String, greeting: String) async throws {
        let box = SeenBox()
        seenBox = box
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    box.seen.withLock { $0.connections += 1 }
                    try channel.pipeline.syncOperations.addHandler(Handler(acts: acts, box: box, greeting: greeting))
                }
            }
            .bind(host: host, port: 0).get()
    }

    /// Runs the body with a server and closes it.
    static func with<Result>(
        _ acts: Act..., host: String = "127.0.0.1", greeting: String = "", _ body: (BadServer) async throws -> Result
    ) async throws -> Result {
        let server = try await BadServer(acts, host: host, greeting: greeting)
        do {
            let result = try await body(server)
            try await server.channel.close()
            return result
        } catch {
            try await server.channel.close()
            throw error
        }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let acts: [Act]
        private let box: SeenBox
        private let greeting: String
        private var bytes: [UInt8] = []
        private var isFlooding = false

        init(acts: [Act], box: SeenBox, greeting: String) {
            self.acts = acts
            self.box = box
            self.greeting = greeting
        }

        func channelActive(context: ChannelHandlerContext) {
            if !greeting.isEmpty { write(greeting, context) }
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            bytes += unwrapInboundIn(data).readableBytesView
            while let request = takeRequest() {
                let act = box.seen.withLock { seen in
                    seen.requests.append(request)
                    return acts[min(seen.requests.count, acts.count) - 1]
                }
                run(act, context)
            }
            let rest = bytes
            box.seen.withLock { $0.rest = rest }
        }

        /// A request with its body, once all of it is there.
        private func takeRequest() -> String? {
            let text = String(decoding: bytes, as: UTF8.self)
            guard let head = text.range(of: "\r\n\r\n") else { return nil }
            var length = 0
            for line in text[..<head.lowerBound].lowercased().split(separator: "\r\n") {
                if line.hasPrefix("content-length: ") { length = Int(line.dropFirst(16)) ?? 0 }
            }
            let whole = text.utf8.distance(from: text.startIndex, to: head.upperBound) + length
            guard bytes.count >= whole else { return nil }
            defer { bytes.removeFirst(whole) }
            return String(decoding: bytes[..<whole], as: UTF8.self)
        }

        private func run(_ act: Act, _ context: ChannelHandlerContext) {
            switch act {
            case .say(let text): write(text, context)
            case .sayThenClose(let text):
                write(text, context)
                context.close(promise: nil)
            case .flood(let head, let text):
                write(head, context)
                isFlooding = true
                flood(text, context)
            case .close: context.close(promise: nil)
            case .reset: reset(context)
            case .sayThenReset(let text):
                write(text, context)
                reset(context)
            case .hang: break
            }
        }

        private func write(_ text: String, _ context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        }

        private func flood(_ text: String, _ context: ChannelHandlerContext) {
            guard context.channel.isActive else { return }
            let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text))).whenSuccess {
                let (handler, context) = loopBound.value
                handler.flood(text, context)
            }
        }

        /// Closes with a RST instead of a FIN.
        private func reset(_ context: ChannelHandlerContext) {
            guard let options = context.channel as? any SocketOptionProvider else { return }
            let channel = context.channel
            options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in channel.close(promise: nil) }
        }
    }
}

extension BadServer.Act: CustomTestStringConvertible {
    var testDescription: String { String(String(describing: self).prefix(80)) }
}
