import HTTPTypes
import Hummingbird

/// A call of Facebook's Graph API: where it goes, and the fields of its query and form.
struct FacebookCall: Sendable {
    /// As in the path; the oldest that is served where the path has none.
    let version: String
    /// What follows the version, e.g. `me` and `permissions`.
    let path: [String]
    let method: HTTPRequest.Method
    let fields: FormFields
    let credentials: GraphCredentials

    init(
        version: String, path: [String], method: HTTPRequest.Method, fields: FormFields, credentials: GraphCredentials
    ) {
        self.version = version
        self.path = path
        self.method = method
        self.fields = fields
        self.credentials = credentials
    }

    /// - Throws: code 2500 for a version that is not served.
    init(_ request: Request, prefix: String, versions: ClosedRange<Int>) async throws {
        var parts = request.uri.path.dropFirst(prefix.count).split(separator: "/").map(String.init)
        if let match = parts.first?.wholeMatch(of: /v([0-9]{1,3})\.0/) {
            guard let major = Int(match.1), versions.contains(major) else {
                throw GraphError.unknownPath(request.uri.path)
            }
            version = parts.removeFirst()
        } else {
            version = "v\(versions.lowerBound).0"
        }
        path = parts
        method = request.method
        var fields = request.queryFields
        fields.fields += try await request.formFields().fields
        self.fields = fields
        let query = Dictionary(fields.fields.map { ($0.name, $0.value) }) { first, _ in first }
        credentials = GraphCredentials(request, query: query, body: .null)
    }

    /// The value of a field that must be there.
    func required(_ name: String) throws(GraphError) -> String {
        guard let value = fields[name] else { throw .missing(name) }
        return value
    }

    /// What the call counts as, and which fault shapes its answer.
    var name: String {
        switch path.first {
        case "oauth": "token"
        case "debug_token": "debug"
        default: path.count > 1 ? path[1] : "me"
        }
    }
}
