import AdapterKit
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    static func json(_ json: JSON, status: HTTPResponse.Status = .ok, type: String = "application/json") -> Response {
        bytes(json.encoded, status: status, type: type)
    }

    static func bytes(_ bytes: [UInt8], status: HTTPResponse.Status = .ok, type: String) -> Response {
        Response(
            status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        bytes(Array(text.utf8), status: status, type: "text/plain; charset=utf-8")
    }

    /// A list as every list of the API looks.
    static func list(_ elements: [JSON], next: String?) -> Response {
        .json(.object(["data": .array(elements), "next": next.map { .string($0) } ?? .null]))
    }
}
