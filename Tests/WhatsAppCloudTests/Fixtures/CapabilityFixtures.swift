import AdapterKit
import AdapterTesting

/// What the Graph API answers to calls besides sends.
enum CapabilityFixtures {
    static func answer(_ body: String, status: Int = 200, headers: HTTPFields = []) -> HTTPAnswer {
        HTTPAnswer(status: status, headers: headers, body: Array(body.utf8))
    }

    static let success = answer(#"{"success":true}"#)

    static let number = answer(
        #"""
        {"display_phone_number":"+1 555-078-3881","verified_name":"Jasper's Market","code_verification_status":"EXPIRED",
         "quality_rating":"GREEN","platform_type":"CLOUD_API","throughput":{"level":"STANDARD"},"status":"CONNECTED",
         "name_status":"APPROVED","is_on_biz_app":false,"whatsapp_business_manager_messaging_limit":"TIER_2K",
         "health_status":{"can_send_message":"AVAILABLE","entities":[
           {"entity_type":"PHONE_NUMBER","id":"106540352242922","can_send_message":"AVAILABLE"},
           {"entity_type":"WABA","id":"102290129340398","can_send_message":"LIMITED","errors":[
             {"error_code":141006,"error_description":"There is an error with the payment method.",
              "possible_solution":"Add a payment method."}]}]},"id":"106540352242922"}
        """#)

    private static let page = answer(
        #"""
        {"data":[
          {"id":"1689556908129832","name":"parcel_sent","language":"en_US","status":"APPROVED","category":"UTILITY",
           "parameter_format":"POSITIONAL","components":[{"type":"BODY","text":"Parcel {{1}} is on its way.",
           "example":{"body_text":[["7342"]]}}]},
          {"id":"1689556908129833","name":"parcel_sent","language":"de","status":"PAUSED","category":"MARKETING"}],
         "paging":{"cursors":{"before":"QkVG","after":"QUZU"},
          "next":"https://graph.facebook.com/v25.0/102290129340398/message_templates?access_token=EAAG-access-token&after=QUZU"}}
        """#)

    private static let lastPage = answer(
        #"""
        {"data":[{"id":"1689556908129834","name":"welcome","language":"en_US","status":"PENDING","category":"UTILITY"}],
         "paging":{"cursors":{"before":"QUZU","after":"TEFTVA"}}}
        """#)

    private static let templates = TemplateSample(
        pages: [page, lastPage], count: 3,
        template: MessageTemplate(
            providerID: "1689556908129832", name: "parcel_sent", language: "en_US", status: .approved,
            category: "UTILITY", components: [["type": "BODY", "text": "Parcel {{1}} is on its way."]]),
        send: .init(
            name: "parcel_sent", language: "en_US",
            components: [["type": "body", "parameters": [["type": "text", "text": "7342"]]]]),
        wrong: [
            .init(name: "parcel_sent", language: "en_US"),
            .init(name: "parcel_sent", language: "en_US", components: [["type": "body", "parameters": []]]),
            .init(
                name: "parcel_sent", language: "en_US",
                components: [
                    ["type": "body", "parameters": [["type": "image", "image": ["link": "https://a.example/b"]]]]
                ]),
        ],
        definition: [
            "name": "parcel_sent", "language": "en_US", "category": "UTILITY",
            "components": [
                ["type": "BODY", "text": "Parcel {{1}} is on its way.", "example": ["body_text": [["7342"]]]]
            ],
        ],
        creating: [answer(#"{"id":"1689556908129835","status":"PENDING","category":"UTILITY"}"#)])

    static let samples = CapabilitySamples(
        media: MediaSample(
            reference: MediaReference(
                providerID: "1037543291543636", mimeType: "image/jpeg", expiresAt: FixedClock().now + .seconds(86_400)),
            bytes: (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 7) },
            leading: [
                answer(
                    #"{"messaging_product":"whatsapp","url":"https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1","mime_type":"image/jpeg","file_size":"70000","id":"1037543291543636"}"#
                )
            ],
            upload: MediaUpload(kind: .image, mimeType: "image/jpeg", filename: "Wedding.jpg", size: 9000),
            uploading: [answer(#"{"id":"1037543291543637"}"#)], uploadedID: "1037543291543637"),
        templates: templates, readMarks: [success],
        blocking: [
            answer(
                #"{"messaging_product":"whatsapp","block_users":{"added_users":[{"input":"+16505551234","wa_id":"16505551234"}]}}"#
            )
        ],
        probe: [number],
        operations: [
            "health": [number], "limits": [number], "register": [success], "deregister": [success],
            "request_code": [success], "verify_code": [success], "set_pin": [success], "set_profile": [success],
            "profile": [answer(#"{"data":[{"about":"Fresh food","messaging_product":"whatsapp"}]}"#)],
            "subscribe_app": [success], "unsubscribe_app": [success], "set_webhook": [success],
            "subscribed_apps": [
                answer(
                    #"{"data":[{"whatsapp_business_api_data":{"id":"670843887433847","name":"Hub","link":"https://hub.example"}}],"paging":{"next":"https://graph.facebook.com/v25.0/x?access_token=EAAG-access-token"}}"#
                )
            ],
            "sync_contacts": [success], "sync_history": [success], "contact_book_delete": [success],
            "username": [answer(#"{"username":"jaspers","status":"approved"}"#)], "forget_token": [success],
        ])
}
