/// What a template is filled with, by name: texts, flags, lists and groups. What is not there is a flag that is not set.
struct PageContent: ExpressibleByDictionaryLiteral {
    private(set) var values: [String: Any]

    init(dictionaryLiteral elements: (String, Value)...) {
        values = Dictionary(elements.map { ($0, $1.content) }) { $1 }
    }

    mutating func set(_ name: String, _ value: Value) { values[name] = value.content }

    /// Something that a template can show.
    enum Value {
        case text(String?)
        case flag(Bool)
        case list([PageContent])
        case group(PageContent?)

        fileprivate var content: Any {
            switch self {
            case .text(let text?): text
            case .flag(let flag): flag
            case .list(let list): list.map(\.values)
            case .group(let group?): group.values
            case .text(nil), .group(nil): false
            }
        }
    }
}

extension PageContent.Value: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByBooleanLiteral {
    init(stringLiteral value: String) { self = .text(value) }
    init(booleanLiteral value: Bool) { self = .flag(value) }
}
