/// Finds the word that was probably meant.
enum Suggestion {
    /// The candidate nearest to `word`, when it is near enough to be a slip of the finger; among equals the first in
    /// order.
    static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        // What is longer is no slip of a name, and would cost time.
        guard word.unicodeScalars.count <= 64 else { return nil }
        let limit = word.count <= 3 ? 1 : max(2, word.count / 3)
        var best: (distance: Int, candidate: String)?
        for candidate in candidates.sorted() {
            let distance = distance(word.lowercased(), candidate.lowercased())
            if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        return best?.candidate
    }

    /// How many characters to insert, remove, replace or swap with their neighbour (optimal string alignment).
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.unicodeScalars)
        let right = Array(right.unicodeScalars)
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            for column in 0..<right.count {
                let isSame = left[row] == right[column]
                var cost = min(current[column] + 1, last[column + 1] + 1, last[column] + (isSame ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
