extension Fixtures {
    static let callConnected = field(
        "calls",
        #"""
        "contacts":[{"profile":{"name":"Sheena Nelson"},"wa_id":"16505551234","user_id":"US.1349"}],
        "calls":[{"id":"wacid.1","from":"16505551234","to":"15550783881","event":"connect","timestamp":"1795420700",
          "direction":"USER_INITIATED","session":{"sdp_type":"offer","sdp":"v=0 o=- 203.0.113.7"}}]
        """#)

    static let callTerminated = field(
        "calls",
        #"""
        "calls":[{"id":"wacid.1","from":"16505551234","to":"15550783881","event":"terminate","timestamp":"1795420760",
          "direction":"USER_INITIATED","status":"COMPLETED","start_time":"1795420705","end_time":"1795420760","duration":55}]
        """#)

    static let callOfBusiness = field(
        "calls",
        #"""
        "calls":[{"id":"wacid.2","from":"15550783881","to":"16505551234","to_user_id":"US.1349","event":"connect",
          "timestamp":1795420700,"direction":"BUSINESS_INITIATED","session":{"sdp_type":"answer","sdp":"v=0"}}],
        "statuses":[{"id":"wacid.2","type":"call","status":"RINGING","timestamp":"1795420701","recipient_id":"16505551234"}]
        """#)

    /// Where it says no direction, the number that calls tells.
    static let callWithoutDirection = field(
        "calls",
        #""calls":[{"id":"wacid.3","from":"15550783881","to":"16505551234","event":"connect","timestamp":"1795420700"}]"#
    )

    static let callStatusAmongMessages = change(
        #"""
        "statuses":[{"id":"wacid.4","type":"call","status":"ACCEPTED","timestamp":"1795420701","recipient_id":"16505551234",
          "biz_opaque_callback_data":"x"}]
        """#)

    static let callShapes = [
        Shape("a call", callConnected), Shape("the end of a call", callTerminated),
        Shape("a call of the business", callOfBusiness, updates: 2),
        Shape("a call without a direction", callWithoutDirection),
        Shape("the status of a call among messages", callStatusAmongMessages),
    ]
}
