/// Takes bytes piece by piece.
public protocol ByteSink: Sendable {
    /// Returns when the piece is taken, so that a fast sender waits.
    /// - Throws: when no more is wanted, such as beyond a limit.
    func write(_ bytes: [UInt8]) async throws
}

/// Gives bytes piece by piece.
public protocol ByteSource: Sendable {
    /// How many there are.
    var count: Int { get }

    /// The next piece, or nil at the end.
    func next() async throws -> [UInt8]?
}
