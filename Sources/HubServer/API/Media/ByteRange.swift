/// A `Range` of bytes (RFC 9110, 14).
enum ByteRange: Equatable {
    /// Everything: there is no range, or none that we understand, which is to be ignored.
    case whole
    case part(Range<Int>)
    /// Begins behind the end.
    case unsatisfiable

    /// - Parameters:
    ///   - field: `Range`, such as `bytes=0-1023`, `bytes=1024-` or `bytes=-512`. Of several ranges none is taken.
    ///   - size: of the whole, in bytes.
    init(_ field: String?, size: Int) {
        guard let field, field.lowercased().hasPrefix("bytes=") else {
            self = .whole
            return
        }
        let ends = field.dropFirst("bytes=".count).split(separator: "-", omittingEmptySubsequences: false)
            .map { String($0.drop { $0 == " " }) }
        guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else {
            self = .whole
            return
        }
        // More digits than a number has are beyond the end of every file.
        let first = ends[0].isEmpty ? nil : Int(ends[0]) ?? .max
        let last = ends[1].isEmpty ? nil : Int(ends[1]) ?? .max
        switch (first, last) {
        case (nil, nil): self = .whole
        case (nil, let count?):
            self = count == 0 || size == 0 ? .unsatisfiable : .part(max(0, size - count)..<size)
        case (let first?, let last):
            if let last, last < first {
                self = .whole
            } else if first >= size {
                self = .unsatisfiable
            } else {
                self = .part(first..<min(size, last.map { $0 == .max ? .max : $0 + 1 } ?? size))
            }
        }
    }
}
