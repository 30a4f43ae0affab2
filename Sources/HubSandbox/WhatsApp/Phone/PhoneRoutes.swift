import Hummingbird
import NIOCore
import ServiceLifecycle

/// The phone page and what it calls.
struct PhoneRoutes: Sendable {
    let cloud: WhatsAppCloud

    func add(to router: Router<SandboxContext>) {
        router.get("phone") { _, _ in PhonePage.response }
        router.get("phone/numbers") { _, _ in
            Response.json(["numbers": .array(cloud.configuration.numbers.map(\.publicJSON))])
        }
        router.get("phone/events") { request, _ in try await events(request) }
        router.post("phone/messages") { request, _ in
            let json = try await request.json()
            let message = try InboundMessage(
                Self.answer(json) ?? json, number: try await number(json["phone_number_id"]?.text))
            return Response.json(["id": JSON(await cloud.receiveInBackground(message))])
        }
        router.post("phone/read") { request, _ in
            let json = try await request.json()
            await cloud.read(try await key(json["phone_number_id"]?.text, json["from"]?.text))
            return Response.json(["success": true])
        }
    }

    /// Turns a tap on a button into the message it sends: `{"reply": {"id", "title", "message_id", "row"}}`.
    private static func answer(_ json: JSON) -> JSON? {
        guard let reply = json["reply"], let id = reply["id"], let title = reply["title"] else { return nil }
        let kind = reply["row"]?.flag == true ? "list_reply" : "button_reply"
        let interactive = JSON.object([
            JSON.Member(name: "type", value: JSON(kind)), JSON.Member(name: kind, value: ["id": id, "title": title]),
        ])
        return [
            "from": json["from"], "name": json["name"],
            "message": [
                "context": reply["message_id"].map { ["id": $0] }, "type": "interactive", "interactive": interactive,
            ],
        ]
    }

    private func number(_ id: String?) async throws -> SandboxConfiguration.Number {
        guard let number = await cloud.number(id) else { throw ControlError("'phone_number_id' is unknown", http: 404) }
        return number
    }

    private func key(_ phoneNumberID: String?, _ from: String?) async throws -> PhoneThread.Key {
        let number = try await number(phoneNumberID)
        guard let from, case .phone(let digits)? = Recipient.phone(from: "+" + from, businessDigits: "") else {
            throw ControlError("'from' must be a phone number")
        }
        return PhoneThread.Key(phoneNumberID: number.phoneNumberID, customer: digits)
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
