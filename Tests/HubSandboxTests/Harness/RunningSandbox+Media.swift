import AsyncHTTPClient
import NIOCore
import NIOHTTP1

@testable import HubSandbox

extension RunningSandbox {
    static let acmeToken = "sandbox-token-acme"
    static let globexToken = "sandbox-token-globex"
    static let acmeAccount = "102290129340398"

    /// Enough of a PNG for those who look at its beginning.
    static let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Array("\r\n--not the end".utf8)

    /// The body of an upload.
    static func form(
        _ bytes: [UInt8], type: String?, filename: String = "a.png", product: String? = "whatsapp",
        boundary: String = "----sandbox"
    ) -> [UInt8] {
        var body: [UInt8] = []
        for (name, value) in [("messaging_product", product), ("type", type)] {
            guard let value else { continue }
            body += "--\(boundary)\r\ncontent-disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8
        }
        body +=
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(filename)\"\r\n\r\n".utf8
        return body + bytes + Array("\r\n--\(boundary)--\r\n".utf8)
    }

    /// Uploads a form to a number.
    func upload(
        _ form: [UInt8], number: String = acme, token: String = acmeToken, boundary: String = "----sandbox"
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/v25.0/\(number)/media")
        request.method = .POST
        request.headers.add(name: "authorization", value: "Bearer \(token)")
        request.headers.add(name: "content-type", value: "multipart/form-data; boundary=\"\(boundary)\"")
        request.body = .bytes(ByteBuffer(bytes: form))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let bytes = Array(try await response.body.collect(upTo: 1_000_000).readableBytesView)
        return Answer(status: Int(response.status.code), headers: [:], json: (try? JSON.parse(bytes)) ?? .null)
    }

    /// Uploads a picture and tells its id.
    func uploadPicture(number: String = acme, token: String = acmeToken) async throws -> String {
        let answer = try await upload(Self.form(Self.picture, type: "image/png"), number: number, token: token)
        guard let id = answer.json["id"]?.text else { throw SetupError(answer: answer) }
        return id
    }

    /// Fetches an address as it is, with or without a token.
    func download(_ address: String, token: String? = acmeToken) async throws -> (status: Int, bytes: [UInt8]) {
        var request = HTTPClientRequest(url: address)
        if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let bytes = Array(try await response.body.collect(upTo: 200_000_000).readableBytesView)
        return (Int(response.status.code), bytes)
    }

    func setRules(_ rules: JSON) async throws {
        let answer = try await call(.put, "/_sandbox/whatsapp/rules", rules)
        guard answer.status == 200 else { throw SetupError(answer: answer) }
    }

    /// Sends content of a type to the customer.
    func send(_ type: String, _ content: JSON, to: String = "+16505551234") async throws -> Answer {
        let frame: [JSON.Member] = [
            .init(name: "messaging_product", value: "whatsapp"), .init(name: "to", value: JSON(to)),
            .init(name: "type", value: JSON(type)), .init(name: type, value: content),
        ]
        return try await send(.object(frame))
    }

    /// Calls as acme's system user.
    func manage(_ method: Method, _ path: String, _ body: JSON? = nil) async throws -> Answer {
        try await call(method, "/v25.0/\(path)", body, token: Self.acmeToken)
    }
}
