/// What nobody can guess: 256 bits from the system, in letters that every place takes.
enum RandomText {
    /// Of every text that ``make()`` makes.
    static let length = 43

    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        var bits: UInt64 = 0
        // 43 letters of 6 bits each; ten of them from one number.
        return String(
            decoding: (0..<length).map { index in
                if index % 10 == 0 { bits = generator.next() }
                defer { bits >>= 6 }
                return letters[Int(bits & 63)]
            }, as: UTF8.self)
    }

    /// Whether a text can be one of these.
    static func isOne(_ text: some StringProtocol) -> Bool {
        text.utf8.count == length && text.utf8.allSatisfy { letters.contains($0) }
    }

    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
}
