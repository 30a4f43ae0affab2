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

extension Fixtures {
    /// As of 2026: prices and user ids, and the window that an advertisement opened.
    static let priced = change(
        #"""
        "contacts":[{"profile":{"name":"Pablo M.","username":"pablomorales"},"wa_id":"16505551234","user_id":"US.1349"}],
        "statuses":[{"id":"wamid.priced","status":"sent","timestamp":"1795420700","recipient_id":"16505551234",
          "recipient_user_id":"US.1349","recipient_parent_user_id":"US.ENT.118",
          "conversation":{"id":"c1","expiration_timestamp":"1795680000","origin":{"type":"referral_conversion"}},
          "pricing":{"billable":false,"pricing_model":"PMP","type":"free_entry_point","category":"referral_conversion"}}]
        """#)

    /// What older versions say of every conversation: no entry point.
    static let marketing = change(
        #"""
        "statuses":[{"id":"wamid.marketing","status":"sent","timestamp":"1795420700","recipient_id":"16505551234",
          "conversation":{"id":"c1","expiration_timestamp":"1795507000","origin":{"type":"marketing"}},
          "pricing":{"billable":true,"pricing_model":"CBP","category":"marketing"}}]
        """#)

    /// The contact tells the user id of somebody who was written to by number.
    static let statusWithContact = change(
        #"""
        "contacts":[{"wa_id":"551187654321","user_id":"BR.7"}],
        "statuses":[{"id":"wamid.c","status":"delivered","timestamp":"1795420700","recipient_id":"5511987654321"}]
        """#)

    static let statusByUserID = change(
        #""statuses":[{"id":"wamid.u","status":"played","timestamp":"1795420700","recipient_user_id":"US.1349"}]"#)

    static let statusShapes = [
        Shape("a status with prices", priced), Shape("a status of a conversation", marketing),
        Shape("a status with a contact", statusWithContact), Shape("a status by user id", statusByUserID),
        Shape("a status of an unknown word", status("warning")),
    ]
}
