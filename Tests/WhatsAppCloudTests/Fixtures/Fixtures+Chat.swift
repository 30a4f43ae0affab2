extension Fixtures {
    static let location = message(
        #"""
        "type":"location","location":{"latitude":37.4419,"longitude":-122.1629,"name":"Caf\u00e9","address":"101 Forest Ave",
          "url":"https:\/\/example.com\/cafe"}
        """#)

    static let contacts = message(
        #"""
        "type":"contacts","contacts":[
          {"name":{"formatted_name":"Barbara J. Johnson","first_name":"Barbara","last_name":"Johnson","middle_name":"Joana",
             "prefix":"Dr.","suffix":"Esq."},
           "phones":[{"phone":"+1 (650) 555-9999","wa_id":"16505559999","type":"WORK"}],
           "emails":[{"email":"barbara@example.com","type":"WORK"}],
           "addresses":[{"street":"1 Lucky Shrub Way","city":"Menlo Park","state":"CA","zip":94025,"country":"United States",
             "country_code":"US","type":"OFFICE"}],
           "org":{"company":"Lucky Shrub","department":"Legal","title":"Counsel"},
           "birthday":"1999-01-23","urls":[{"url":"https:\/\/example.com","type":"COMPANY"}],
           "vcard":"BEGIN:VCARD\nEND:VCARD"}]
        """#)

    /// What a person shares when they are asked for their number: no name.
    static let contactRequest = message(
        #""type":"contacts","contacts":[{"origin":"contact_request","phones":[{"phone":"16505551234"}]}]"#)

    static let reaction = message(
        #""type":"reaction","reaction":{"message_id":"wamid.target","emoji":"\ud83d\udc4d"}"#)

    static let reactionEmptied = message(#""type":"reaction","reaction":{"message_id":"wamid.target","emoji":""}"#)

    static let edit = message(
        #"""
        "type":"edit","edit":{"original_message_id":"wamid.before","message":{"context":{"id":"wamid.ignored"},
          "type":"image","image":{"id":"7003","mime_type":"image/png","caption":"now with a caption","sha256":"\#(emptySHA256)"}}}
        """#)

    static let revoke = message(#""type":"revoke","revoke":{"original_message_id":"wamid.before"}"#)

    static let requestWelcome = message(#""type":"request_welcome""#)

    static let poll = message(
        #"""
        "type":"unsupported","unsupported":{"type":"poll_creation"},
        "errors":[{"code":131051,"title":"Message type unknown","message":"Message type unknown",
          "error_data":{"details":"Message type is currently not supported."}}]
        """#)

    static let suspendedEdit = message(
        #""type":"unsupported","unsupported":{"type":"edit"},"errors":[{"code":131051,"title":"Unsupported"}]"#)

    static let unknown = message(#""type":"unknown","errors":[{"code":131051,"title":"Message type unknown"}]"#)

    static let newer = message(#""type":"hologram","hologram":{"of":"a cat"}"#)

    /// Quotes a message that nobody here ever saw.
    static let reply = message(
        #""context":{"from":"15550783881","id":"wamid.neverseen"},"type":"text","text":{"body":"yes"}"#)

    static let forwarded = message(#""context":{"forwarded":true},"type":"text","text":{"body":"look"}"#)

    static let forwardedOften = message(
        #""context":{"frequently_forwarded":true},"type":"text","text":{"body":"look"}"#)

    static let productEnquiry = message(
        #"""
        "context":{"from":"15550783881","id":"wamid.product","referred_product":{"catalog_id":"194836987003835",
          "product_retailer_id":"di9ozbzfi4"}},"type":"text","text":{"body":"is it blue?"}
        """#)

    static let advertisement = message(
        #"""
        "type":"text","text":{"body":"hi"},
        "referral":{"source_url":"https:\/\/fb.me\/3cr4Wqqkv","source_id":"120226305854810726","source_type":"ad",
          "body":"Summer succulents are here!","headline":"Chat with us","media_type":"image",
          "image_url":"https:\/\/scontent.xx.fbcdn.net\/image","ctwa_clid":"Aff-n8ZTODiE79d22KtAwQKj9e",
          "welcome_message":{"text":"Hi there! Let us know how we can help!"}}
        """#)

    static let group = message(
        #""group_id":"Y2FwaV9ncm91cDoxNzA1NTU1MDEzOToxMjAzNjM0MDQ2OTQyMzM4MjAZD","type":"text","text":{"body":"to all"}"#
    )

    static let parentID = change(
        #"""
        "contacts":[{"profile":{"name":"Sheena"},"user_id":"US.1349","parent_user_id":"US.ENT.118"}],
        "messages":[{"from_user_id":"US.1349","from_parent_user_id":"US.ENT.118","id":"wamid.parent","timestamp":"1795420700",
          "type":"text","text":{"body":"hi"}}]
        """#)

    static let chatShapes = [
        Shape("a location", location), Shape("contacts", contacts),
        Shape("a contact that was asked for", contactRequest),
        Shape("a reaction", reaction), Shape("an emptied reaction", reactionEmptied), Shape("an edit", edit),
        Shape("a revoke", revoke), Shape("a request for a welcome", requestWelcome), Shape("a poll", poll),
        Shape("an edit that is not handed on", suspendedEdit), Shape("an unknown message", unknown),
        Shape("a type that is newer", newer), Shape("a reply", reply), Shape("something forwarded", forwarded),
        Shape("something forwarded often", forwardedOften), Shape("a question about a product", productEnquiry),
        Shape("an answer to an advertisement", advertisement), Shape("a group message", group),
        Shape("a parent user id", parentID),
    ]
}
