/// Webhook bodies in the shapes that Meta documents and that open-source receivers recorded; people and numbers are samples.
enum Fixtures {
    /// Two numbers of two tenants, three messages and a status in one body.
    static let twoNumbers = #"""
        {"object":"whatsapp_business_account","entry":[
          {"id":"102290129340398","changes":[
            {"value":{"messaging_product":"whatsapp",
              "metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},
              "contacts":[
                {"profile":{"name":"Sheena Nelson"},"wa_id":"16505551234","user_id":"US.13491208655302741918"},
                {"profile":{"name":"Pablo M."},"wa_id":"16505557777"}],
              "messages":[
                {"from":"16505557777","id":"wamid.two","timestamp":"1795420701","type":"text","text":{"body":"second"}},
                {"from":"16505551234","from_user_id":"US.13491208655302741918","id":"wamid.one","timestamp":"1795420700",
                 "type":"text","text":{"body":"Does it come in \u00e4nother colour? \ud83d\ude00"}}]},
             "field":"messages"},
            {"field":"messages","value":{"messaging_product":"whatsapp",
              "metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},
              "statuses":[{"id":"wamid.out","status":"sent","timestamp":"1795420702","recipient_id":"16505551234"}]}}]},
          {"id":"102290129340399","changes":[
            {"field":"messages","value":{"messaging_product":"whatsapp",
              "metadata":{"display_phone_number":"15550783999","phone_number_id":"106540352242933"},
              "contacts":[{"profile":{"name":"Sheena Nelson"},"wa_id":"16505551234"}],
              "messages":[{"from":"16505551234","id":"wamid.three","timestamp":"1795420703","type":"text",
                "text":{"body":"hello"}}]}}]}]}
        """#

    /// A body of one change with these members of `value`.
    static func change(_ value: String, phoneNumberID: String = "106540352242922") -> String {
        #"{"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":"messages","value":{"#
            + #""messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":""#
            + phoneNumberID + #""},"# + value + "}}]}]}"
    }

    /// A body of one change without metadata, as account and template news come.
    static func accountChange(_ field: String, _ value: String) -> String {
        #"{"entry":[{"id":"102290129340398","time":1795420600,"changes":[{"value":"# + value + #","field":""# + field
            + #""}]}],"object":"whatsapp_business_account"}"#
    }

    static let text = change(
        #"""
        "contacts":[{"profile":{"name":"Sheena Nelson","username":"sheena"},"wa_id":"16505551234","user_id":"US.13491208655302741918"}],
        "messages":[{"from":"16505551234","from_user_id":"US.13491208655302741918",
          "id":"wamid.HBgLMTY1MDU1NTEyMzQVAgASGBQzQTdCNTg5RjY1MEMyRjlGMjRGNgA=","timestamp":"1795420700","type":"text",
          "text":{"body":"Does it come in another color?"}}]
        """#)

    /// A user with a name and no recent contact: no phone number anywhere.
    static let userIDOnly = change(
        #"""
        "contacts":[{"profile":{"name":"Sheena Nelson","username":"sheena"},"user_id":"US.13491208655302741918"}],
        "messages":[{"from_user_id":"US.13491208655302741918","id":"wamid.bsuid","timestamp":"1795420700","type":"text",
          "text":{"body":"hi"}}]
        """#)

    /// As recorded by a gateway: the user id stands where the phone number used to.
    static let userIDInPlaceOfPhone = change(
        #"""
        "contacts":[{"profile":{"name":"Sheena"},"wa_id":"US.1234"}],
        "messages":[{"from":"US.1234","id":"wamid.inplace","timestamp":"1795420700","type":"text","text":{"body":"hi"}}]
        """#)

    /// A Brazilian number: the ninth digit is in one and not in the other.
    static let ninthDigit = change(
        #"""
        "contacts":[{"profile":{"name":"Jo\u00e3o"},"wa_id":"551187654321"}],
        "messages":[{"from":"5511987654321","id":"wamid.br","timestamp":"1795420700","type":"text","text":{"body":"oi"}}]
        """#)

    /// Announced as interactive, with no such object and an error beside it.
    static let interactiveWithError = change(
        #"""
        "contacts":[{"profile":{"name":"Sheena"},"wa_id":"16505551234"}],
        "messages":[{"from":"16505551234","id":"wamid.err","timestamp":"1795420700","type":"interactive"}],
        "errors":[{"code":131000,"title":"Something went wrong","message":"Something went wrong",
          "error_data":{"details":"Unsupported webhook payload"}}]
        """#)

    static let reactionRemoved = change(
        #"""
        "contacts":[{"profile":{"name":"Sheena"},"wa_id":"16505551234"}],
        "messages":[{"from":"16505551234","id":"wamid.react","timestamp":"1795420700","type":"reaction",
          "reaction":{"message_id":"wamid.target"}}]
        """#)

    static let buttonWithoutContext = change(
        #"""
        "contacts":[{"profile":{"name":"Sheena"},"wa_id":"16505551234"}],
        "messages":[{"from":"16505551234","id":"wamid.button","timestamp":"1795420700","type":"button",
          "button":{"payload":"YES","text":"Yes"}}]
        """#)

    /// A system message has no contacts.
    static let numberChanged = change(
        #"""
        "messages":[{"from":"16505551234","id":"wamid.system","timestamp":"1795420700","type":"system",
          "system":{"body":"User Sheena changed from 16505551234 to 12195555358","wa_id":"12195555358",
            "type":"user_changed_number"}}]
        """#)
}
