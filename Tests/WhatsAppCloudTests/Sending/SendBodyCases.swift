extension SendBodyTests.Case {
    static let all: [Self] = plain + interactive + templates

    private static let plain: [Self] = [
        Self(name: "text", type: "text", api: #"{"body":"Hi"}"#, meta: #"{"body":"Hi"}"#),
        Self(
            name: "text with preview", type: "text", api: #"{"body":"https://a.example","preview_url":true}"#,
            meta: #"{"body":"https://a.example","preview_url":true}"#),
        Self(
            name: "image by id", type: "image", api: #"{"id":"med_a","mime_type":"image/png","caption":"C"}"#,
            meta: #"{"id":"1037543291543636","caption":"C"}"#),
        Self(
            name: "image by link", type: "image", api: #"{"link":"https://a.example/i.png"}"#,
            meta: #"{"link":"https://a.example/i.png"}"#),
        Self(
            name: "video", type: "video", api: #"{"id":"med_a","caption":"C","filename":"v.mp4"}"#,
            meta: #"{"id":"1037543291543636","caption":"C"}"#),
        Self(name: "audio", type: "audio", api: #"{"id":"med_a"}"#, meta: #"{"id":"1037543291543636"}"#),
        Self(
            name: "voice", type: "audio", api: #"{"id":"med_a","mime_type":"audio/ogg; codecs=opus","voice":true}"#,
            meta: #"{"id":"1037543291543636","voice":true}"#),
        Self(
            name: "document", type: "document", api: #"{"id":"med_a","caption":"C","filename":"a.pdf"}"#,
            meta: #"{"id":"1037543291543636","caption":"C","filename":"a.pdf"}"#),
        Self(
            name: "sticker", type: "sticker", api: #"{"id":"med_a","animated":true}"#,
            meta: #"{"id":"1037543291543636"}"#),
        Self(
            name: "location", type: "location",
            api: #"{"latitude":37.75,"longitude":-122.42,"name":"HQ","address":"1 Road","url":"https://a.example"}"#,
            meta: #"{"latitude":37.75,"longitude":-122.42,"name":"HQ","address":"1 Road"}"#),
        Self(
            name: "contacts", type: "contacts",
            api:
                #"[{"name":{"formatted_name":"J S","first_name":"J"},"phones":[{"phone":"+1650","wa_id":"1650","type":"WORK"}],"emails":[{"email":"j@a.example","type":"WORK"}],"urls":[{"url":"https://a.example"}],"addresses":[{"city":"Menlo Park","country_code":"us"}],"org":{"company":"C"},"birthday":"1990-12-31","origin":"other","vcard":"BEGIN:VCARD"}]"#,
            meta:
                #"[{"name":{"formatted_name":"J S","first_name":"J"},"phones":[{"phone":"+1650","wa_id":"1650","type":"WORK"}],"emails":[{"email":"j@a.example","type":"WORK"}],"urls":[{"url":"https://a.example"}],"addresses":[{"city":"Menlo Park","country_code":"us"}],"org":{"company":"C"},"birthday":"1990-12-31"}]"#
        ),
        Self(
            name: "reaction", type: "reaction", api: #"{"message_id":"msg_a","emoji":"😀"}"#,
            meta: #"{"message_id":"wamid.a","emoji":"😀"}"#),
        Self(
            name: "reaction taken back", type: "reaction", api: #"{"message_id":"msg_a","emoji":""}"#,
            meta: #"{"message_id":"wamid.a","emoji":""}"#),
        Self(
            name: "reaction to a message of before the hub", type: "reaction",
            api: #"{"provider_message_id":"wamid.old","emoji":"👍"}"#, meta: #"{"message_id":"wamid.old","emoji":"👍"}"#),
    ]

    private static let interactive: [Self] = [
        kind(
            "button", header: #"{"type":"text","text":"H"}"#, footer: "F",
            action:
                #"{"buttons":[{"type":"reply","reply":{"id":"1","title":"Yes"}},{"type":"reply","reply":{"id":"2","title":"No"}}]}"#
        ),
        Self(
            name: "button under a document", type: "interactive",
            api:
                #"{"type":"button","header":{"type":"document","document":{"id":"med_a","filename":"a.pdf","mime_type":"application/pdf"}},"body":{"text":"B"},"action":{"buttons":[{"type":"reply","reply":{"id":"1","title":"Yes"}}]}}"#,
            meta:
                #"{"type":"button","header":{"type":"document","document":{"id":"1037543291543636","filename":"a.pdf"}},"body":{"text":"B"},"action":{"buttons":[{"type":"reply","reply":{"id":"1","title":"Yes"}}]}}"#
        ),
        kind(
            "list", header: #"{"type":"text","text":"H"}"#,
            action:
                #"{"button":"Menu","sections":[{"title":"S","rows":[{"id":"1","title":"One","description":"D"},{"id":"2","title":"Two"}]}]}"#
        ),
        kind(
            "cta_url", header: #"{"type":"image","image":{"link":"https://a.example/i.png"}}"#,
            action: #"{"name":"cta_url","parameters":{"display_text":"Open","url":"https://a.example"}}"#),
        kind("location_request_message", action: #"{"name":"send_location"}"#),
        kind("request_contact_info", action: #"{"name":"request_contact_info"}"#),
        kind("call_permission_request", action: #"{"name":"call_permission_request"}"#),
        kind("voice_call", action: #"{"name":"voice_call","parameters":{"display_text":"Call","ttl_minutes":100}}"#),
        kind("address_message", action: #"{"name":"address_message","parameters":{"country":"IN","values":{}}}"#),
        kind(
            "flow",
            action:
                #"{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1","flow_token":"t","flow_cta":"Open","flow_action":"navigate","flow_action_payload":{"screen":"S","data":{"a":1}}}}"#
        ),
        kind("product", action: #"{"catalog_id":"c","product_retailer_id":"p"}"#),
        kind(
            "product_list", header: #"{"type":"text","text":"H"}"#,
            action: #"{"catalog_id":"c","sections":[{"title":"S","product_items":[{"product_retailer_id":"p"}]}]}"#),
        kind(
            "catalog_message",
            action: #"{"name":"catalog_message","parameters":{"thumbnail_product_retailer_id":"p"}}"#),
        Self(
            name: "catalogue without parameters", type: "interactive",
            api: #"{"type":"catalog_message","body":{"text":"B"},"action":{"name":"catalog_message"}}"#,
            meta: #"{"type":"catalog_message","body":{"text":"B"},"action":{"name":"catalog_message"}}"#),
        Self(
            name: "carousel", type: "interactive", api: carousel(#""med_a""#, #""med_b""#),
            meta: carousel(#""1037543291543636""#, #""1037543291543637""#)),
        kind(
            "order_details",
            action:
                #"{"name":"review_and_pay","parameters":{"reference_id":"r","type":"digital-goods","currency":"INR","total_amount":{"value":100,"offset":100},"order":{"status":"pending","items":[]}}}"#
        ),
        kind(
            "order_status",
            action: #"{"name":"review_order","parameters":{"reference_id":"r","order":{"status":"shipped"}}}"#),
    ]

    private static let templates: [Self] = [
        Self(
            name: "template", type: "template", api: #"{"name":"hello_world","language":"en_US"}"#,
            meta: #"{"name":"hello_world","language":{"code":"en_US"}}"#),
        Self(
            name: "template with everything", type: "template",
            api: template(#"{"id":"med_a"}"#, #"{"id":"med_b"}"#, #""en""#),
            meta: template(
                #"{"id":"1037543291543636"}"#, #"{"id":"1037543291543637"}"#, #"{"code":"en"}"#)),
        Self(
            name: "template with a GIF", type: "template",
            api:
                #"{"name":"fun","language":"de","components":[{"type":"header","parameters":[{"type":"gif","gif":{"id":"med_a"}}]}]}"#,
            meta:
                #"{"name":"fun","language":{"code":"de"},"components":[{"type":"header","parameters":[{"type":"gif","gif":{"id":"1037543291543636"}}]}]}"#
        ),
        Self(
            name: "template with a document", type: "template",
            api:
                #"{"name":"bill","language":"de","components":[{"type":"header","parameters":[{"type":"document","document":{"id":"med_a","filename":"b.pdf","mime_type":"application/pdf"}}]}]}"#,
            meta:
                #"{"name":"bill","language":{"code":"de"},"components":[{"type":"header","parameters":[{"type":"document","document":{"id":"1037543291543636","filename":"b.pdf"}}]}]}"#
        ),
    ]

    /// An interactive message that is the same on both sides.
    private static func kind(_ kind: String, header: String? = nil, footer: String? = nil, action: String) -> Self {
        let header = header.map { #""header":\#($0),"# } ?? ""
        let footer = footer.map { #""footer":{"text":"\#($0)"},"# } ?? ""
        let body = #"{"type":"\#(kind)",\#(header)"body":{"text":"B"},\#(footer)"action":\#(action)}"#
        return Self(name: kind, type: "interactive", api: body, meta: body)
    }

    private static func carousel(_ first: String, _ second: String) -> String {
        func card(_ index: Int, _ id: String) -> String {
            #"{"card_index":\#(index),"type":"cta_url","header":{"type":"image","image":{"id":\#(id)}},"body":{"text":"B"},"action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://a.example"}}}"#
        }
        return #"{"type":"carousel","body":{"text":"B"},"action":{"cards":[\#(card(0, first)),\#(card(1, second))]}}"#
    }

    private static func template(_ header: String, _ card: String, _ language: String) -> String {
        """
        {"name":"order_confirmation","language":\(language),"components":[
        {"type":"header","parameters":[{"type":"image","image":\(header)}]},
        {"type":"body","parameters":[{"type":"text","parameter_name":"first","text":"Jessica"},
        {"type":"currency","currency":{"fallback_value":"$100.99","code":"USD","amount_1000":100990}},
        {"type":"date_time","date_time":{"fallback_value":"February 25, 1977"}}]},
        {"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"p"}]},
        {"type":"button","sub_type":"url","index":"1","parameters":[{"type":"text","text":"suffix"}]},
        {"type":"button","sub_type":"flow","index":"2","parameters":[{"type":"action","action":{"flow_token":"t","flow_action_data":{"image":{"id":"own"}}}}]},
        {"type":"button","sub_type":"CATALOG","index":3,"parameters":[{"type":"action","action":{"thumbnail_product_retailer_id":"p"}}]},
        {"type":"carousel","cards":[{"card_index":0,"components":[{"type":"header","parameters":[{"type":"image","image":\(card)}]}]},
        {"card_index":1,"components":[{"type":"header","parameters":[{"type":"video","video":{"link":"https://a.example/v.mp4"}}]}]}]}]}
        """
    }
}
