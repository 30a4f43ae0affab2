import AdapterKit

/// What is asked of the Graph API, without address, version and token, which ``GraphClient`` adds.
struct GraphRequest: Sendable {
    typealias Parameters = [(name: String, value: String)]

    enum Body: Sendable {
        case none
        case json(JSON)
        /// Where the Graph API takes parameters from a query or a form, and some of them must not stand in a URL.
        case form(Parameters)
        case bytes([UInt8], type: String)
        case stream(any ByteSource, type: String)
    }

    var method: String
    var path: GraphPath
    var query: Parameters
    var body: Body
    /// For the whole exchange.
    var timeout: Duration
    var maximumAnswerBytes: Int

    init(
        method: String, path: GraphPath, query: Parameters = [], body: Body = .none, timeout: Duration = .seconds(15),
        maximumAnswerBytes: Int = 1 << 20
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.body = body
        self.timeout = timeout
        self.maximumAnswerBytes = maximumAnswerBytes
    }

    static func get(_ path: GraphPath, _ query: Parameters = []) -> GraphRequest {
        GraphRequest(method: "GET", path: path, query: query)
    }

    static func post(_ path: GraphPath, _ body: JSON) -> GraphRequest {
        GraphRequest(method: "POST", path: path, body: .json(body))
    }

    static func delete(_ path: GraphPath, _ query: Parameters = [], _ body: JSON? = nil) -> GraphRequest {
        GraphRequest(method: "DELETE", path: path, query: query, body: body.map { .json($0) } ?? .none)
    }

    /// Names and values of a query or a form (`application/x-www-form-urlencoded`).
    static func encoded(_ parameters: Parameters) -> String { FormText.encode(parameters) }
}

extension GraphRequest.Body {
    var type: String? {
        switch self {
        case .none: nil
        case .json: "application/json"
        case .form: "application/x-www-form-urlencoded"
        case .bytes(_, let type), .stream(_, let type): type
        }
    }

    var bytes: [UInt8] {
        switch self {
        case .none, .stream: []
        case .json(let json): json.encoded
        case .form(let parameters): Array(GraphRequest.encoded(parameters).utf8)
        case .bytes(let bytes, _): bytes
        }
    }

    var source: (any ByteSource)? {
        if case .stream(let source, _) = self { source } else { nil }
    }
}
