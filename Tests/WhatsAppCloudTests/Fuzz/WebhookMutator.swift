import AdapterKit

/// Makes broken webhooks of good ones: values changed, taken away and doubled as JSON, then bytes of the text.
struct WebhookMutator {
    private var random: SeededRandom
    private let seeds: [(root: JSON, size: Int)]

    init(seeds: [JSON], seed: UInt64) {
        self.seeds = seeds.map { ($0, $0.nodeCount) }
        random = SeededRandom(seed: seed)
    }

    mutating func next() -> [UInt8] {
        let seed = random.element(of: seeds)
        var body: [UInt8]
        if random.below(4) == 0 {
            body = seed.root.encoded
        } else {
            var root = seed.root
            for _ in 0...random.below(3) {
                var index = random.below(seed.size)
                root = changed(root, &index)
            }
            body = root.encoded
        }
        if random.below(3) == 0 { for _ in 0...random.below(4) { damage(&body) } }
        return body
    }

    // MARK: Values

    /// The value with its descendant number `index`, in reading order, changed.
    private mutating func changed(_ value: JSON, _ index: inout Int) -> JSON {
        index -= 1
        if index == -1 { return stranger(for: value) }
        guard index >= 0 else { return value }
        switch value {
        case .array(var elements):
            for position in elements.indices {
                let target = index
                elements[position] = changed(elements[position], &index)
                guard index < 0 else { continue }
                if target == 0 { shuffle(&elements, at: position) }
                return .array(elements)
            }
            return .array(elements)
        case .object(var members):
            for position in members.indices {
                let target = index
                members[position].value = changed(members[position].value, &index)
                guard index < 0 else { continue }
                if target == 0 { shuffle(&members, at: position) }
                return .object(members)
            }
            return .object(members)
        default: return value
        }
    }

    /// Sometimes the changed element goes as well, or stands there more than once.
    private mutating func shuffle<Element>(_ elements: inout [Element], at position: Int) {
        switch random.below(8) {
        case 0: elements.remove(at: position)
        case 1: elements.insert(elements[position], at: random.below(elements.count))
        case 2 where elements.count < 64:
            elements += [Element](repeating: elements[position], count: 1 + random.below(40))
        case 3: elements.swapAt(position, random.below(elements.count))
        default: break
        }
    }

    private static let strangers: [JSON] = [
        .null, true, false, "", "a", .array([]), .object([]), .array([.null, 7, "x"]), 0, -1, .number("1e999"),
        .number("0.1e-999"), .number("-0"), .number(String(repeating: "9", count: 400)), "9223372036854775808",
        "-9223372036854775808", "\u{0}", "\u{FEFF}", "US.", "US.1", "US.ENT.2", "+1 (650) 555-1234", "…", "🇨🇭", "a.b",
        .string(String(repeating: "long ", count: 1000)), .array([.array([.array([])])]), "1795420700", "STOP", "text",
        "image", "system", "edit", "user_changed_number", "BUSINESS_INITIATED", "call", "history", "messages",
    ]

    private mutating func stranger(for value: JSON) -> JSON {
        switch random.below(10) {
        // As it was: then what stands around it changes.
        case 0, 1: return value
        case 2: return value.string.map { .number($0.isEmpty ? "7" : String($0.utf8.count)) } ?? .string(value.text)
        case 3: return .array([value, value])
        case 4: return .object(["id": value, "type": value])
        case 5: return nested(value, 1 + random.below(JSON.maximumDepth + 8))
        case 6:
            // Something that stands elsewhere.
            let other = random.element(of: seeds)
            var index = random.below(other.size)
            return other.root.node(&index) ?? value
        default: return random.element(of: Self.strangers)
        }
    }

    private func nested(_ value: JSON, _ depth: Int) -> JSON {
        (0..<depth).reduce(value) { inner, level in level % 2 == 0 ? .array([inner]) : .object(["message": inner]) }
    }

    // MARK: Bytes

    private mutating func damage(_ body: inout [UInt8]) {
        guard !body.isEmpty else { return }
        let position = random.below(body.count)
        let end = min(body.count, position + 1 + random.below(64))
        switch random.below(9) {
        case 0: body[position] ^= 1 << UInt8(random.below(8))
        case 1: body.removeLast(body.count - position)
        case 2: body.removeSubrange(position..<end)
        case 3: body.insert(contentsOf: body[position..<end], at: random.below(body.count))
        case 4: body.insert(contentsOf: [0xFF, 0xC3, 0x28, 0xED, 0xA0, 0x80], at: position)
        case 5:
            body.insert(contentsOf: [UInt8](repeating: UInt8(ascii: "["), count: 1 + random.below(5000)), at: position)
        case 6: body.insert(contentsOf: Array(#"\ud800\u0000\/"#.utf8), at: position)
        case 7: body[position] = UInt8(truncatingIfNeeded: random.next())
        default:
            // The end of another one.
            let other = random.element(of: seeds).root.encoded
            body.replaceSubrange(position..., with: other[random.below(other.count)...])
        }
    }
}

extension JSON {
    /// How many values it holds, itself among them.
    var nodeCount: Int {
        switch self {
        case .array(let elements): elements.reduce(1) { $0 + $1.nodeCount }
        case .object(let members): members.reduce(1) { $0 + $1.value.nodeCount }
        default: 1
        }
    }

    /// Its value number `index` in reading order, itself 0.
    func node(_ index: inout Int) -> JSON? {
        if index == 0 { return self }
        index -= 1
        let children: [JSON] = elements + members.map(\.value)
        for child in children {
            if let found = child.node(&index) { return found }
        }
        return nil
    }
}
