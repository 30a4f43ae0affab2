import AdapterKit
import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// A call as the client sends it.
enum OutgoingRequest {
    /// Fields that say how the message is framed and routed. They are the client's alone: an adapter that could set
    /// them could speak to another host behind the same address, or smuggle a second request.
    private static let ours: Set<String> = [
        "connection", "content-length", "expect", "host", "keep-alive", "proxy-connection", "te", "trailer",
        "transfer-encoding", "upgrade",
    ]

    /// - Parameter upload: takes the place of the call's body.
    /// - Throws: ``HTTPFailure/refused(reason:)`` for a call that cannot be written as HTTP.
    static func make(
        _ call: HTTPCall, to destination: OutgoingDestination, upload: OutgoingUpload? = nil
    ) throws(HTTPFailure) -> HTTPClient.Request {
        guard (1...20).contains(call.method.utf8.count),
            call.method.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }),
            call.method != "CONNECT"
        else { throw .refused(reason: "the method is malformed") }

        var headers = HTTPHeaders()
        headers.reserveCapacity(call.headers.all.count + 1)
        for (name, value) in call.headers.all {
            guard isName(name), isValue(value) else { throw .refused(reason: "a header field is malformed") }
            if !ours.contains(name.lowercased()) { headers.add(name: name, value: value) }
        }
        if !headers.contains(name: "user-agent") { headers.add(name: "user-agent", value: "Comfile-Hub") }
        let body: HTTPClient.Body? =
            if let upload { upload.body } else { call.body.isEmpty ? nil : .byteBuffer(ByteBuffer(bytes: call.body)) }
        do {
            return try HTTPClient.Request(
                url: destination.url, method: HTTPMethod(rawValue: call.method), headers: headers, body: body)
        } catch {
            throw .refused(reason: "the URL is malformed")
        }
    }

    /// A token (RFC 9110, 5.6.2).
    private static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    /// Anything but control characters, of which line ends could begin a field of their own.
    private static func isValue(_ value: String) -> Bool {
        value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
    }
}
