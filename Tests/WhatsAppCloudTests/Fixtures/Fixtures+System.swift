extension Fixtures {
    /// A system message with these members of `system`, and members besides it.
    static func system(_ system: String, _ members: String = #""from":"16505551234""#) -> String {
        change(
            #""messages":[{"id":"wamid.system","timestamp":"1795420700","type":"system","# + members + #","system":{"#
                + system + "}}]")
    }

    static let numberAndIDChanged = system(
        #""body":"changed","type":"user_changed_number","wa_id":"12195555358","user_id":"US.2""#,
        #""from":"16505551234","from_user_id":"US.1""#)

    static let customerChangedNumber = system(
        #""body":"changed","type":"customer_changed_number","new_wa_id":"12195555358","customer":"16505551234""#)

    static let userIDChanged = system(
        #"""
        "body":"changed","type":"user_changed_user_id","user_id":"US.2","previous_user_id":"US.1",
        "parent_user_id":"US.ENT.2","previous_parent_user_id":"US.ENT.1"
        """#, #""from":"16505551234","from_user_id":"US.2""#)

    /// Before `previous_user_id` was there.
    static let userIDChangedWithoutPrevious = system(
        #""body":"changed","type":"user_changed_user_id","user_id":"US.2""#, #""from_user_id":"US.1""#)

    static let identityChanged = system(
        #""body":"Sheena's security code changed","type":"customer_identity_changed","customer":"16505551234""#,
        #""from":"16505551234","identity":{"acknowledged":false,"created_timestamp":1795420000,"hash":"Zm9v"}"#)

    static let systemShapes = [
        Shape("a number and user id changed", numberAndIDChanged, updates: 2),
        Shape("a number changed, as it was said before", customerChangedNumber, updates: 2),
        Shape("a user id changed", userIDChanged, updates: 2),
        Shape("a user id changed from the sender's", userIDChangedWithoutPrevious, updates: 2),
        Shape("a security code changed", identityChanged),
    ]
}
