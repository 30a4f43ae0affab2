import FoundationEssentials
import HTTPTypes
import HummingbirdCore

/// A list as the Graph API pages it: `data`, cursors, and the address of the next page.
enum GraphPage {
    /// - Parameters:
    ///   - items: all of them; `limit`, `after` and `before` of the call choose.
    ///   - host: where the sandbox is called, for `next`.
    ///   - defaultLimit: items of a page unless the call says otherwise.
    static func json(_ items: [JSON], for call: GraphCall, defaultLimit: Int = 25) throws(GraphError) -> JSON {
        .object(try members(items, for: call, defaultLimit: defaultLimit))
    }

    static func members(
        _ items: [JSON], for call: GraphCall, defaultLimit: Int = 25
    ) throws(GraphError) -> [JSON.Member] {
        let limit = try limit(call, defaultLimit: defaultLimit)
        var start = 0
        if let after = call.query["after"] {
            start = try offset(after) + 1
        } else if let before = call.query["before"] {
            start = max(0, try offset(before) - limit)
        }
        let range = min(start, items.count)..<min(start + limit, items.count)
        let page = Array(items[range])
        guard !page.isEmpty else {
            return [JSON.Member(name: "data", value: []), JSON.Member(name: "paging", value: [:])]
        }
        let after = cursor(range.upperBound - 1)
        let paging: JSON = [
            "cursors": ["before": JSON(cursor(range.lowerBound)), "after": JSON(after)],
            "next": range.upperBound < items.count ? JSON(next(call, after: after)) : nil,
            "previous": range.lowerBound > 0 ? JSON(next(call, before: cursor(range.lowerBound))) : nil,
        ]
        return [JSON.Member(name: "data", value: .array(page)), JSON.Member(name: "paging", value: paging)]
    }

    private static func limit(_ call: GraphCall, defaultLimit: Int) throws(GraphError) -> Int {
        guard let text = call.query["limit"] else { return defaultLimit }
        guard let limit = Int(text), limit > 0 else {
            throw GraphError(http: 400, code: 100, title: "Param limit must be a positive number")
        }
        return min(limit, 1000)
    }

    private static func cursor(_ offset: Int) -> String { Data("at:\(offset)".utf8).base64EncodedString() }

    private static func offset(_ cursor: String) throws(GraphError) -> Int {
        let text = Data(base64Encoded: cursor).map { String(decoding: $0, as: UTF8.self) } ?? ""
        guard text.hasPrefix("at:"), let offset = Int(text.dropFirst(3)), (0...1_000_000).contains(offset) else {
            throw GraphError(http: 400, code: 100, title: "Invalid cursors values")
        }
        return offset
    }

    /// The address of a neighbouring page. It holds the access token, as Meta's does: who logs it leaks the token.
    private static func next(_ call: GraphCall, after: String? = nil, before: String? = nil) -> String {
        var query = call.query.filter { !["after", "before", "access_token", "appsecret_proof"].contains($0.key) }
        query["access_token"] = call.token.text
        query["after"] = after
        query["before"] = before
        let pairs = query.sorted { $0.key < $1.key }.map { "\($0.key.urlEncoded)=\($0.value.urlEncoded)" }
        let authority = call.request.head.authority ?? "127.0.0.1"
        return "http://\(authority)\(call.request.uri.path)?\(pairs.joined(separator: "&"))"
    }
}

extension String {
    /// The text for a part of a query: all but unreserved characters as `%XX` (RFC 3986).
    var urlEncoded: String {
        let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        return utf8.map { byte in
            if allowed.contains(byte) { return String(UnicodeScalar(byte)) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
