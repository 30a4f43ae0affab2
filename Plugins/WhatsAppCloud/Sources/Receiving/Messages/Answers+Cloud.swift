import AdapterKit

extension MessageContent.InteractiveReply {
    /// `{"type": "button_reply" | "list_reply" | "nfm_reply" | "call_permission_reply", <type>: {…}}`.
    init?(cloud interactive: JSON) {
        guard let type = interactive["type"]?.string, let body = interactive[type], case .object = body else {
            return nil
        }
        switch type {
        case "button_reply":
            guard let option = Self.option(body) else { return nil }
            self = .button(option)
        case "list_reply":
            guard let option = Self.option(body) else { return nil }
            self = .row(option)
        case "nfm_reply":
            // A string of JSON by the documents; of an object in its place the text is kept all the same.
            let answer = body["response_json"]
            let text = answer?.string ?? answer.flatMap { $0.isNull ? nil : $0.text }
            self = .form(FormAnswer(name: body["name"]?.string, body: body["body"]?.string, text: text))
        case "call_permission_reply":
            self = .callPermission(
                isGranted: body["response"]?.string == "accept", until: Timestamp(body["expiration_timestamp"]),
                source: body["response_source"]?.string)
        default: return nil
        }
    }

    private static func option(_ body: JSON) -> MessageContent.Interactive.Action.Option? {
        let (id, title) = (body["id"]?.identifier, body["title"]?.string)
        guard id != nil || title != nil else { return nil }
        return .init(id: id ?? "", title: title ?? "", description: body["description"]?.string)
    }
}

extension MessageContent.ButtonReply {
    /// `{"payload", "text"}`.
    init?(cloud button: JSON) {
        let (payload, text) = (button["payload"]?.identifier, button["text"]?.string)
        guard payload != nil || text != nil else { return nil }
        self.init(payload: payload, text: text ?? "")
    }
}

extension MessageContent.Location {
    /// `{"latitude", "longitude", "name"?, "address"?, "url"?}`.
    init?(cloud location: JSON) {
        guard let latitude = Self.degrees(location["latitude"]), let longitude = Self.degrees(location["longitude"])
        else { return nil }
        self.init(
            latitude: latitude, longitude: longitude, name: location["name"]?.string,
            address: location["address"]?.string, url: location["url"]?.string)
    }

    private static func degrees(_ value: JSON?) -> Double? {
        guard let degrees = value?.identifier.flatMap({ Double($0) }), degrees.magnitude <= 360 else { return nil }
        return degrees
    }
}
