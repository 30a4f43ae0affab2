public import AdapterKit
import Synchronization

/// Gives the bytes of a list piece by piece.
public final class MemorySource: ByteSource {
    private struct State {
        var rest: ArraySlice<UInt8>
        var piece: Int
    }

    /// How many there are in all.
    public let count: Int
    private let state: Mutex<State>

    /// - Parameter piece: How many bytes are given at a time.
    public init(_ bytes: [UInt8], piece: Int = 1000) {
        count = bytes.count
        state = Mutex(State(rest: bytes[...], piece: max(1, piece)))
    }

    /// The next piece, or nil at the end.
    public func next() async throws -> [UInt8]? {
        state.withLock { state in
            guard !state.rest.isEmpty else { return nil }
            let piece = Array(state.rest.prefix(state.piece))
            state.rest = state.rest.dropFirst(state.piece)
            return piece
        }
    }
}

/// Keeps what is written, up to a limit.
public final class MemorySink: ByteSink {
    /// More was written than the sink was to take.
    public struct Full: Error {}

    private let state = Mutex<[UInt8]>([])
    private let limit: Int

    /// - Parameter limit: In bytes; what comes after it is refused with ``Full``.
    public init(limit: Int = .max) { self.limit = limit }

    /// What was written so far.
    public var bytes: [UInt8] { state.withLock { $0 } }

    /// Keeps the piece.
    public func write(_ bytes: [UInt8]) async throws {
        try state.withLock { kept in
            guard kept.count + bytes.count <= limit else { throw Full() }
            kept += bytes
        }
    }
}
