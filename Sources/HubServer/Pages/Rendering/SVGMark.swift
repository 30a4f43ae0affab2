/// A provider's mark as its adapter draws it, checked before it goes into a page as it is.
enum SVGMark {
    private static let elements: Set<Substring> = [
        "g", "path", "circle", "ellipse", "rect", "line", "polygon", "polyline",
    ]
    private static let attributes: Set<Substring> = [
        "d", "fill", "fill-rule", "clip-rule", "fill-opacity", "opacity", "cx", "cy", "r", "rx", "ry", "x", "y", "x1",
        "x2", "y1", "y2", "width", "height", "points", "transform", "stroke", "stroke-width", "stroke-linecap",
        "stroke-linejoin",
    ]

    /// The mark when it holds shapes and nothing else: no script, no style, no address.
    static func checked(_ mark: String?) -> String? {
        guard let mark, mark.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        var rest = Substring(mark)
        while let start = rest.firstIndex(of: "<") {
            guard rest[..<start].allSatisfy(\.isWhitespace), let end = rest[start...].firstIndex(of: ">"),
                isHarmless(rest[rest.index(after: start)..<end])
            else { return nil }
            rest = rest[rest.index(after: end)...]
        }
        return rest.allSatisfy(\.isWhitespace) ? mark : nil
    }

    /// - Parameter tag: what stands between `<` and `>`.
    private static func isHarmless(_ tag: Substring) -> Bool {
        if tag.hasPrefix("/") { return elements.contains(tag.dropFirst()) }
        var rest = tag.hasSuffix("/") ? tag.dropLast() : tag
        let name = rest.prefix { !$0.isWhitespace }
        guard elements.contains(name) else { return false }
        rest = rest.dropFirst(name.count)
        while let next = rest.firstIndex(where: { !$0.isWhitespace }) {
            rest = rest[next...]
            let attribute = rest.prefix { $0 != "=" }
            guard attributes.contains(attribute), rest.dropFirst(attribute.count).hasPrefix("=\"") else { return false }
            let value = rest.dropFirst(attribute.count + 2).prefix { $0 != "\"" }
            guard !value.contains("&"), !value.lowercased().contains("url") else { return false }
            let used = attribute.count + 2 + value.count
            guard rest.dropFirst(used).hasPrefix("\"") else { return false }
            rest = rest.dropFirst(used + 1)
        }
        return true
    }
}
