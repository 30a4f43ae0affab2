import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// A server on loopback for bodies that nobody wants in memory: it counts what it reads and what it could write.
final class StreamServer: Sendable {
    enum Act: Sendable {
        /// Answers when the body has come whole.
        case take
        /// Answers when the head has come, and reads on.
        case refuse([String])
        /// Reads no more once the head has come.
        case ignore
        /// Says the head and then so many bytes, as fast as they are taken; then closes, or waits for the next request.
        case give(head: String, count: Int, closes: Bool)
    }

    struct Seen: Sendable {
        var connections = 0
        /// Of the last request.
        var head = ""
        /// Requests that came whole.
        var whole = 0
        /// Of the bodies of all requests.
        var bodyBytes = 0
        /// Whether each body was the pattern from its start.
        var isPattern = true
        /// Bytes of answers that the system took.
        var written = 0
    }

    private final class Box: Sendable {
        let seen = Mutex(Seen())
    }

    private let channel: any Channel
    private let box: Box

    var port: Int { channel.localAddress?.port ?? 0 }
    var seen: Seen { box.seen.withLock { $0 } }

    private init(_ act: Act, host: String) async throws {
        let box = Box()
        self.box = box
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    box.seen.withLock { $0.connections += 1 }
                    try channel.pipeline.syncOperations.addHandler(Handler(act, box))
                }
            }
            .bind(host: host, port: 0).get()
    }

    static func with<Result>(
        _ act: Act, host: String = "127.0.0.1", _ body: (StreamServer) async throws -> Result
    ) async throws -> Result {
        let server = try await StreamServer(act, host: host)
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

        private static let end = Array("\r\n\r\n".utf8)

        private let act: Act
        private let box: Box
        private var head: [UInt8] = []
        /// Bytes of the body that have not come yet; nil while the head comes.
        private var missing: Int?
        private var length = 0
        private var given = 0

        init(_ act: Act, _ box: Box) {
            self.act = act
            self.box = box
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var bytes = unwrapInboundIn(data).readableBytesView[...]
            while missing == nil, let byte = bytes.popFirst() {
                head.append(byte)
                if head.suffix(4) == Self.end[...] { headCame(context) }
            }
            guard let missing else { return }
            let count = bytes.count
            let isPattern = isPattern(Array(bytes), from: length - missing)
            box.seen.withLock { seen in
                seen.bodyBytes += count
                seen.isPattern = seen.isPattern && isPattern
            }
            self.missing = missing - count
            if missing == count { requestCame(context) }
        }

        private func headCame(_ context: ChannelHandlerContext) {
            let text = String(decoding: head, as: UTF8.self).lowercased()
            let length = text.split(separator: "\r\n").first { $0.hasPrefix("content-length: ") }?.dropFirst(16)
            self.length = length.flatMap { Int($0) } ?? 0
            missing = self.length
            head = []
            box.seen.withLock { $0.head = text }
            switch act {
            case .refuse(let texts): say(texts[...], context)
            case .ignore: _ = context.channel.setOption(.autoRead, value: false)
            case .take, .give: break
            }
        }

        private func requestCame(_ context: ChannelHandlerContext) {
            missing = nil
            box.seen.withLock { $0.whole += 1 }
            switch act {
            case .take: say(["HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"], context)
            case .give(let head, let count, let closes):
                given = 0
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: head)), promise: nil)
                give(count, closes: closes, context)
            case .refuse, .ignore: break
            }
        }

        /// Each text in a packet of its own.
        private func say(_ texts: ArraySlice<String>, _ context: ChannelHandlerContext) {
            guard let text = texts.first else { return }
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text))).whenSuccess {
                let (handler, context) = bound.value
                context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(100)) {
                    handler.say(texts.dropFirst(), context)
                }
            }
        }

        private func give(_ count: Int, closes: Bool, _ context: ChannelHandlerContext) {
            let piece = pattern(from: given, min(50_000, count - given))
            guard !piece.isEmpty else {
                if closes { context.close(promise: nil) }
                return
            }
            given += piece.count
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: piece))).whenSuccess {
                let (handler, context) = bound.value
                handler.box.seen.withLock { $0.written += piece.count }
                handler.give(count, closes: closes, context)
            }
        }
    }
}

/// Bytes that tell their place. From a table, since these tests are not optimised and move many.
func pattern(from start: Int, _ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count {
        let place = (start + bytes.count) % patternTable.count
        bytes += patternTable[place..<min(patternTable.count, place + count - bytes.count)]
    }
    return bytes
}

func isPattern(_ bytes: [UInt8], from start: Int) -> Bool {
    let expected = pattern(from: start, bytes.count)
    return bytes.withUnsafeBytes { left in
        expected.withUnsafeBytes { right in
            guard let left = left.baseAddress, let right = right.baseAddress else { return true }
            return memcmp(left, right, bytes.count) == 0
        }
    }
}

/// A prime number of bytes, so that no piece of a round size looks like the next.
private let patternTable: [UInt8] = (0..<99_991).map { UInt8(truncatingIfNeeded: $0 &* 31 &>> 3) }
