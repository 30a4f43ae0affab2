extension Fixtures {
    /// Group statuses come together, one per participant.
    static let groupStatuses = change(
        #"""
        "contacts":[{"wa_id":"16505551234"},{"wa_id":"16505557777"}],
        "statuses":[
          {"id":"wamid.group","status":"delivered","timestamp":"1795420700","recipient_id":"Y2FwaV9ncm91cA",
            "recipient_type":"group","recipient_participant_id":"16505551234"},
          {"id":"wamid.group","status":"read","timestamp":"1795420701","recipient_id":"Y2FwaV9ncm91cA",
            "recipient_type":"group","recipient_participant_id":"16505557777"}]
        """#)

    static let failed = change(
        #"""
        "statuses":[{"id":"wamid.failed","status":"failed","timestamp":"1795420700","recipient_id":"16505551234",
          "biz_opaque_callback_data":"msg_01jd0000000000000000000001",
          "errors":[{"code":131026,"title":"Message undeliverable","message":"Message undeliverable",
            "error_data":{"details":"Message to 16505551234 undeliverable."},
            "href":"https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"}]}]
        """#)

    /// A body with one status of this name.
    static func status(_ name: String) -> String {
        change(
            #""statuses":[{"id":"wamid.s","status":""# + name + #"","timestamp":"1795420700","recipient_id":"1650"}]"#)
    }

    static let templatePaused = accountChange(
        "message_template_status_update",
        #"""
        {"event":"PAUSED","message_template_id":1689556908129832,"message_template_name":"order_confirmation",
         "message_template_language":"en-US","reason":null,"message_template_category":"UTILITY",
         "other_info":{"title":"FIRST_PAUSE","description":"Paused for 3 hours"}}
        """#)

    static let unknownField = accountChange("a_field_of_2027", #"{"anything":[1,2,{"deep":true}]}"#)
}
