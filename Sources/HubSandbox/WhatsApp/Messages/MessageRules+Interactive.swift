extension MessageRules {
    /// What an interactive type may have around its action.
    private struct Frame {
        /// Kinds of header that it takes.
        var headers: Set<String> = []
        var needsHeader = false
        var needsBody = true
        var bodyLimit = 1024
        var takesFooter = true
    }

    private static let anyHeader: Set<String> = ["text", "image", "video", "document"]
    private static let frames: [String: Frame] = [
        "button": Frame(headers: anyHeader), "list": Frame(headers: ["text"], bodyLimit: 4096),
        "cta_url": Frame(headers: anyHeader), "location_request_message": Frame(takesFooter: false),
        "product": Frame(needsBody: false), "product_list": Frame(headers: ["text"], needsHeader: true),
        "catalog_message": Frame(), "flow": Frame(headers: anyHeader),
        "request_contact_info": Frame(headers: anyHeader), "call_permission_request": Frame(needsBody: false),
        "voice_call": Frame(headers: anyHeader), "address_message": Frame(headers: anyHeader),
        "carousel": Frame(takesFooter: false), "order_details": Frame(headers: anyHeader), "order_status": Frame(),
    ]

    /// Checks an `interactive` object: its frame, then what its type does.
    static func interactive(_ content: JSON) throws(GraphError) {
        guard let type = content["type"]?.text else { throw .missing("interactive['type']") }
        guard let frame = frames[type] else {
            throw .invalid("interactive['type'] \"\(type.prefix(32))\" is unknown.")
        }
        if frame.needsBody || content["body"] != nil {
            try text(content["body"]?["text"], name: "interactive['body']['text']", limit: frame.bodyLimit)
        }
        if let header = content["header"] {
            try self.header(header, allowed: frame.headers)
        } else if frame.needsHeader {
            throw .missing("interactive['header']")
        }
        if content["footer"] != nil {
            guard frame.takesFooter else { throw .invalid("Unexpected key \"footer\" on param \"interactive\".") }
            try text(content["footer"]?["text"], name: "interactive['footer']['text']", limit: 60)
        }
        guard let action = content["action"] else { throw .missing("interactive['action']") }
        switch type {
        case "button": try InteractiveRules.buttons(action)
        case "list": try InteractiveRules.list(action)
        case "cta_url": try InteractiveRules.callToAction(action)
        case "location_request_message": try InteractiveRules.name(action, "send_location")
        case "flow": try InteractiveRules.flow(action)
        case "request_contact_info", "call_permission_request": try InteractiveRules.name(action, type)
        case "voice_call": try InteractiveRules.voiceCall(action)
        case "address_message": try InteractiveRules.address(action)
        case "carousel": try InteractiveRules.carousel(action)
        case "product": try CommerceRules.product(action)
        case "product_list": try CommerceRules.productList(action)
        case "catalog_message": try CommerceRules.catalogue(action)
        case "order_details": try CommerceRules.orderDetails(action)
        default: try CommerceRules.orderStatus(action)
        }
    }

    /// A header of an allowed kind, with the content of its kind.
    static func header(_ header: JSON, allowed: Set<String>) throws(GraphError) {
        guard !allowed.isEmpty else { throw .invalid("Unexpected key \"header\" on param \"interactive\".") }
        guard let type = header["type"]?.text else { throw .missing("interactive['header']['type']") }
        guard allowed.contains(type) else {
            let list = allowed.sorted().joined(separator: ", ")
            throw .invalid("interactive['header']['type'] must be one of {\(list)} - got \"\(type.prefix(32))\".")
        }
        let name = "interactive['header']['\(type)']"
        if type == "text" { return try text(header["text"], name: name, limit: 60) }
        guard let content = header[type] else { throw .missing(name) }
        try media(content, name: name, keys: ["id", "link", "filename", "provider"])
    }
}
