import AdapterKit

/// One call to Drive, without the token.
struct DriveRequest {
    /// Which of Drive's two addresses a path is below.
    enum Base {
        case drive, upload
        /// The address of an upload session, which is whole.
        case session(String)
    }

    var method = "GET"
    var base = Base.drive
    var path = ""
    var query: [(name: String, value: String)] = []
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    var timeout: Duration = .seconds(30)
    var maximumAnswerBytes = 256 * 1024

    /// With a JSON body.
    static func json(
        _ method: String, _ path: String, _ body: JSON, base: Base = .drive, query: [(name: String, value: String)] = []
    ) -> DriveRequest {
        DriveRequest(
            method: method, base: base, path: path, query: query,
            headers: [("content-type", "application/json; charset=UTF-8")], body: body.encoded)
    }

    /// `?name=value&...`, or nothing.
    var queryText: String {
        guard !query.isEmpty else { return "" }
        return "?" + FormText.encode(query)
    }
}
