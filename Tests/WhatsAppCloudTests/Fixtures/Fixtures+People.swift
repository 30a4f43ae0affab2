extension Fixtures {
    /// A body with one preference of this value.
    static func preference(_ value: String, timestamp: String = "1795420700") -> String {
        field(
            "user_preferences",
            #"""
            "contacts":[{"profile":{"name":"Pablo M."},"wa_id":"16505551234","user_id":"US.1349"}],
            "user_preferences":[{"wa_id":"16505551234","detail":"User requested to stop marketing messages",
              "category":"marketing_messages","value":"\#(value)","timestamp":\#(timestamp)}]
            """#)
    }

    /// By user id alone, with no name.
    static let preferenceByUserID = field(
        "user_preferences",
        #""user_preferences":[{"user_id":"US.1349","category":"marketing_messages","value":"signup","signup_id":"s1","timestamp":1795420700}]"#
    )

    static let addressBook = field(
        "smb_app_state_sync",
        #"""
        "state_sync":[
          {"type":"contact","contact":{"full_name":"Pablo Morales","first_name":"Pablo","phone_number":"16505551234"},
           "action":"add","metadata":{"timestamp":"1795420700"}},
          {"type":"contact","contact":{"full_name":"","first_name":"Sheena","phone_number":"+1 650-555-7777"},"action":"add",
           "metadata":{"timestamp":"1795420701"}},
          {"type":"contact","contact":{"phone_number":"16505558888"},"action":"remove","metadata":{"timestamp":"1795420702"}},
          {"type":"label","label":{"name":"VIP"},"action":"add"}]
        """#)

    static let userIDUpdate = field(
        "user_id_update",
        #"""
        "user_id_update":[{"wa_id":"16505551234","detail":"The user id changed","timestamp":"1795420700",
          "user_id":{"previous":"US.1","current":"US.2"},"parent_user_id":{"previous":"US.ENT.1","current":"US.ENT.2"}}]
        """#)

    static let peopleShapes = [
        Shape("a stop of marketing", preference("stop")), Shape("marketing again", preference("resume")),
        Shape("a sign-up by user id", preferenceByUserID), Shape("an unknown preference", preference("pause")),
        Shape("an address book", addressBook, updates: 4), Shape("a user id update", userIDUpdate),
    ]
}
