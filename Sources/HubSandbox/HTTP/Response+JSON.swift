import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    static func json(_ json: JSON, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json; charset=UTF-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.bytes)))
    }

    /// An answer with the headers that the Graph API sends.
    static func graph(_ json: JSON, version: String, status: HTTPResponse.Status = .ok, traceID: String? = nil)
        -> Response
    {
        var response = json == .null ? Response(status: status) : Response.json(json, status: status)
        let names = ["facebook-api-version", "x-fb-trace-id", "x-fb-request-id", "x-fb-rev"]
        let values = [version, traceID ?? GraphError.makeTraceID(), GraphError.makeTraceID(), "1030000000"]
        for (name, value) in zip(names, values) {
            if let name = HTTPField.Name(name) { response.headers[name] = value }
        }
        return response
    }

    static func graph(_ error: GraphError, version: String) -> Response {
        let traceID = GraphError.makeTraceID()
        var response = graph(
            error.envelope(traceID: traceID), version: version, status: .init(code: error.http), traceID: traceID)
        if error.http == 401 { response.headers[.wwwAuthenticate] = "OAuth \"Facebook Platform\" \"invalid_token\"" }
        return response
    }
}
