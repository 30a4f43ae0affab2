import Foundation

/// A path in which `*` stands for any part of one file's or folder's name.
struct IncludePattern {
    let pattern: String

    var hasWildcard: Bool { pattern.contains("*") }

    /// The paths that match, as they would stand in the file, sorted. A plain path matches whether or not it is there.
    func matches(from file: SourceFile) -> [String] {
        var paths = [pattern.hasPrefix("/") ? "/" : ""]
        let parts = pattern.split(separator: "/").filter { $0 != "." }
        for (index, part) in parts.enumerated() {
            let separator = index == 0 ? "" : "/"
            if part.contains("*") {
                paths = paths.flatMap { path in
                    let folder = file.resolve(path.isEmpty ? "." : path)
                    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
                    return names.filter { Self.matches($0, part) }.map { path + separator + $0 }
                }
            } else {
                paths = paths.map { $0 + separator + part }
            }
        }
        return paths.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    }

    /// Whether a name matches one part of the pattern. As in a shell, `*` does not match a name that begins with a dot.
    static func matches(_ name: String, _ part: some StringProtocol) -> Bool {
        if name.hasPrefix("."), !part.hasPrefix(".") { return false }
        let pieces = part.split(separator: "*", omittingEmptySubsequences: false)
        guard let first = pieces.first, let last = pieces.last else { return false }
        guard pieces.count > 1 else { return name == part }
        guard name.utf8.count >= first.utf8.count + last.utf8.count, name.hasPrefix(first), name.hasSuffix(last) else {
            return false
        }
        // Between both ends, the leftmost place of each piece leaves the most room for the next.
        var rest = name.dropFirst(first.count).dropLast(last.count)
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let range = rest.range(of: piece) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }
}
