import AdapterKit

/// Reads a file piece by piece from any place, of which one piece is in memory. Going back before that piece opens the file
/// anew.
struct PieceReader {
    /// The file is shorter than it said, or is gone.
    struct Broken: Error {}

    private let open: () async throws -> (any ByteSource)?
    private var source: any ByteSource
    /// What was read last, and where it begins.
    private var held: [UInt8] = []
    private var start = 0
    let count: Int

    init(_ open: @escaping () async throws -> (any ByteSource)?) async throws {
        self.open = open
        guard let source = try await open() else { throw Broken() }
        self.source = source
        count = source.count
    }

    /// The bytes from `offset` on, `size` of them or as many as are left.
    mutating func piece(at offset: Int, size: Int) async throws -> [UInt8] {
        if offset < start {
            guard let source = try await open(), source.count == count else { throw Broken() }
            self.source = source
            held = []
            start = 0
        }
        let end = min(offset + size, count)
        while true {
            // What lies before the offset is not needed again.
            let passed = min(max(offset - start, 0), held.count)
            held.removeFirst(passed)
            start += passed
            if start + held.count >= end { break }
            guard let more = try await source.next() else { throw Broken() }
            held += more
        }
        return Array(held.prefix(end - offset))
    }
}
