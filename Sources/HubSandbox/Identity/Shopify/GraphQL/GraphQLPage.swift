import FoundationEssentials

/// One page of a list, as `first`, `last`, `after` and `before` cut it.
struct GraphQLPage<Item> {
    /// Longer pages are refused.
    static var limit: Int { 250 }

    let items: [(item: Item, cursor: String)]
    let hasNext: Bool
    let hasPrevious: Bool

    /// - Parameter id: what names an item in its cursor; must differ between items.
    init(_ all: [Item], _ arguments: GraphQLArguments, id: (Item) -> String) throws(GraphQLError) {
        func count(_ name: String) throws(GraphQLError) -> Int? {
            guard let value = arguments[name] else { return nil }
            guard let number = value.integer, (0...Self.limit).contains(number) else {
                throw Self.bad("`\(name)` must be between 0 and \(Self.limit)", arguments)
            }
            return number
        }
        func position(_ name: String, in list: [String]) throws(GraphQLError) -> Int? {
            guard let cursor = arguments[name] else { return nil }
            guard let text = cursor.text, let found = list.firstIndex(of: text) else {
                throw Self.bad("Invalid cursor for current pagination sort.", arguments)
            }
            return found
        }
        let first = try count("first")
        let last = try count("last")
        guard (first == nil) != (last == nil) else {
            throw Self.bad("you must provide one of first or last", arguments)
        }
        let cursors = all.map { Data(id($0).utf8).base64EncodedString() }
        let start = try position("after", in: cursors).map { $0 + 1 } ?? 0
        let end = max(start, try position("before", in: cursors) ?? all.count)
        let from = last.map { max(start, end - $0) } ?? start
        let to = first.map { min(end, start + $0) } ?? end
        items = (from..<to).map { (all[$0], cursors[$0]) }
        hasNext = to < all.count
        hasPrevious = from > 0
    }

    /// The page as a connection.
    func value(of node: String, _ make: @escaping (Item) -> GraphQLValue) -> GraphQLValue {
        let edges = items.map { entry in
            GraphQLValue.object(
                type: "\(node)Edge",
                [
                    "cursor": GraphQLValue.just(.leaf(JSON(entry.cursor))),
                    "node": { (_) throws(GraphQLError) in make(entry.item) },
                ])
        }
        let page: JSON = [
            "hasNextPage": .bool(hasNext), "hasPreviousPage": .bool(hasPrevious),
            "startCursor": items.first.map { JSON($0.cursor) } ?? .null,
            "endCursor": items.last.map { JSON($0.cursor) } ?? .null,
        ]
        return .object(
            type: "\(node)Connection",
            [
                "edges": GraphQLValue.just(.list(edges)),
                "nodes": { (_) throws(GraphQLError) in .list(items.map { make($0.item) }) },
                "pageInfo": GraphQLValue.just(.object(type: "PageInfo", leaves: page)),
            ])
    }

    private static func bad(_ message: String, _ arguments: GraphQLArguments) -> GraphQLError {
        GraphQLError(
            message: message, location: arguments.field.location, path: [arguments.field.key], code: "BAD_REQUEST")
    }
}
