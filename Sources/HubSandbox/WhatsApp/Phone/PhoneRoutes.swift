import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// The phone page and what it calls.
struct PhoneRoutes: Sendable {
    let cloud: WhatsAppCloud

    func add(to router: Router<SandboxContext>) {
        router.get("phone") { _, _ in PhonePage.response }
        router.get("phone/assets/:name") { _, context in
            guard let response = PhonePage.asset(context.parameters.get("name") ?? "") else {
                throw HTTPError(.notFound)
            }
            return response
        }
        router.get("phone/numbers") { _, _ in
            Response.json(["numbers": .array(cloud.configuration.numbers.map(\.publicJSON))])
        }
        router.get("phone/chats") { request, _ in
            let digits = try customer(request.uri.queryParameters["from"].map(String.init))
            return Response.json(["chats": await cloud.chats(of: digits)])
        }
        router.get("phone/events") { request, _ in try await events(request) }
        router.post("phone/messages") { request, _ in
            let json = try await request.json()
            let number = try await number(json["phone_number_id"]?.text)
            let message = try await cloud.inbound(Self.answer(json) ?? json, number: number)
            return Response.json(["id": JSON(await cloud.receiveInBackground(message))])
        }
        router.post("phone/read") { request, _ in
            let json = try await request.json()
            await cloud.read(try await key(json["phone_number_id"]?.text, json["from"]?.text))
            return Response.json(["success": true])
        }
        router.post("phone/played") { request, _ in
            let json = try await request.json()
            let key = try await key(json["phone_number_id"]?.text, json["from"]?.text)
            await cloud.listen(to: json["message_id"]?.text ?? "", key: key)
            return Response.json(["success": true])
        }
        router.post("phone/media") { request, _ in try await upload(request) }
        router.get("phone/media/:id") { request, context in
            guard let item = await cloud.mediaItem(context.parameters.get("id") ?? "") else {
                throw ControlError("no such file, or its time is over", http: 404)
            }
            return PhoneMedia.response(
                item.bytes, mimeType: item.mimeType, filename: item.filename, range: request.headers[.range])
        }
        router.get("phone/linked") { request, _ in try await linked(request) }
    }

    /// A file that the business sent by link, fetched for the page: only links that a message has are followed.
    private func linked(_ request: Request) async throws -> Response {
        let query = request.uri.queryParameters
        let message = await cloud.acceptedMessage(query["message_id"].map(String.init) ?? "")?.message
        guard let link = query["link"].map(String.init),
            let reference = message?.media.first(where: { $0.source == .link(link) })
        else { throw ControlError("no message has this link", http: 404) }
        guard let file = await LinkedFile.fetch(link, kind: reference.kind) else {
            throw ControlError("the link leads to no such file", http: 404)
        }
        return PhoneMedia.response(
            file.bytes, mimeType: file.mimeType, filename: nil, range: request.headers[.range])
    }

    /// Turns a tap on a button into the message it sends: `{"reply": {"id", "title", "message_id", "row"}}`.
    private static func answer(_ json: JSON) -> JSON? {
        guard let reply = json["reply"], let id = reply["id"], let title = reply["title"] else { return nil }
        let kind = reply["row"]?.flag == true ? "list_reply" : "button_reply"
        let answer: JSON = ["id": id, "title": title, "description": reply["description"]]
        let interactive = JSON.object([
            JSON.Member(name: "type", value: JSON(kind)), JSON.Member(name: kind, value: answer),
        ])
        return json.without(["reply", "text"]).with([
            .init(name: "message", value: ["type": "interactive", "interactive": interactive]),
            .init(name: "reply_to", value: reply["message_id"] ?? .null),
        ])
    }

    private func number(_ id: String?) async throws -> SandboxConfiguration.Number {
        guard let number = await cloud.number(id) else { throw ControlError("'phone_number_id' is unknown", http: 404) }
        return number
    }

    private func customer(_ from: String?) throws -> String {
        guard let from, case .phone(let digits)? = Recipient.phone(from: "+" + from, businessDigits: "") else {
            throw ControlError("'from' must be a phone number")
        }
        return digits
    }

    private func key(_ phoneNumberID: String?, _ from: String?) async throws -> PhoneThread.Key {
        let number = try await number(phoneNumberID)
        return PhoneThread.Key(phoneNumberID: number.phoneNumberID, customer: try customer(from))
    }

    /// Keeps a file that the customer is about to send: the body is the file, `type` the message's type.
    private func upload(_ request: Request) async throws -> Response {
        let query = request.uri.queryParameters
        let number = try await number(query["phone_number_id"].map(String.init))
        let type = query["type"].map(String.init) ?? ""
        guard Attachment.types.contains(type) else { throw ControlError("'type' carries no file") }
        let mimeType = request.headers[.contentType] ?? "application/octet-stream"
        guard mimeType.utf8.count <= 200 else { throw ControlError("the content type is longer than 200 bytes") }
        let buffer: ByteBuffer
        do {
            buffer = try await request.body.collect(upTo: MediaKind.longest)
        } catch is NIOTooManyBytesError {
            throw ControlError("the file is longer than \(MediaKind.longest) bytes", http: 413)
        }
        try Attachment.check(buffer.readableBytes, of: type)
        let item = await cloud.storeInbound(
            Array(buffer.readableBytesView), mimeType: mimeType, filename: nil, number: number)
        return Response.json(["id": JSON(item.id)])
    }

    /// Server-sent events: the whole thread first, then each change.
    private func events(_ request: Request) async throws -> Response {
        let query = request.uri.queryParameters
        let key = try await key(query["phone_number_id"].map(String.init), query["from"].map(String.init))
        guard let page = await cloud.openPhone(key) else { throw ControlError("too many phones are open", http: 503) }
        let cloud = cloud
        let body = ResponseBody { writer in
            do {
                try await request.body.consumeWithCancellationOnInboundClose { _ in
                    for try await event in page.events.cancelOnGracefulShutdown() {
                        try await writer.write(ByteBuffer(bytes: event.line))
                    }
                }
                await cloud.closePhone(page.id)
            } catch {
                await cloud.closePhone(page.id)
                throw error
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"], body: body)
    }
}
