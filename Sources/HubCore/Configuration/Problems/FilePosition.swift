/// A place in a text file.
struct FilePosition: Sendable, Hashable, Comparable {
    /// Starts at 1.
    var line: Int
    /// Starts at 1, in Unicode scalars.
    var column: Int

    static let start = FilePosition(line: 1, column: 1)

    static func < (left: FilePosition, right: FilePosition) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
