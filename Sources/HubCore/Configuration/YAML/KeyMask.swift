/// Renames a key in place, so that the rest of the file keeps its positions.
enum KeyMask {
    /// The text with the first character of the key at `position` replaced by one that occurs nowhere else in it, or
    /// nil when no plain or quoted key begins there.
    static func renamed(_ text: String, at position: FilePosition) -> String? {
        var scalars = Array(text.unicodeScalars)
        guard var index = index(of: position, in: scalars), index < scalars.count else { return nil }
        if scalars[index] == "\"" || scalars[index] == "'" { index += 1 }
        guard index < scalars.count, isKeyStart(scalars[index]) else { return nil }
        let used = Set(scalars)
        // The private use area is printable for YAML and means nothing to it.
        let mask = (0xE000...0xF8FF as ClosedRange<UInt32>).lazy.compactMap(Unicode.Scalar.init)
            .first { !used.contains($0) }
        guard let mask else { return nil }
        scalars[index] = mask
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// An anchor, a tag, an alias or an empty key is not masked.
    private static func isKeyStart(_ scalar: Unicode.Scalar) -> Bool {
        !scalar.properties.isWhitespace && !"&!*\"':?[]{},\\".unicodeScalars.contains(scalar)
    }

    private static func index(of position: FilePosition, in scalars: [Unicode.Scalar]) -> Int? {
        var line = 1
        var index = scalars.first == "\u{FEFF}" ? 1 : 0
        while line < position.line, index < scalars.count {
            switch scalars[index] {
            case "\r" where index + 1 < scalars.count && scalars[index + 1] == "\n": break
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": line += 1
            default: break
            }
            index += 1
        }
        return line == position.line ? index + position.column - 1 : nil
    }
}
