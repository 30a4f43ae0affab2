extension Fixtures {
    /// Written in the WhatsApp Business app.
    static let appEcho = field(
        "smb_message_echoes",
        #"""
        "message_echoes":[
          {"from":"15550783881","to":"16505551234","to_user_id":"US.1349","id":"wamid.echo","timestamp":"1795420700",
           "type":"text","text":{"body":"It comes in blue"}},
          {"from":"15550783881","to":"16505557777","id":"wamid.echo2","timestamp":"1795420701","type":"image",
           "image":{"id":"8003","mime_type":"image/jpeg","sha256":"\#(emptySHA256)"}},
          {"from":"15550783881","to":"16505557777","id":"wamid.echo3","timestamp":"1795420702","type":"revoke",
           "revoke":{"original_message_id":"wamid.echo2"}}]
        """#)

    /// Of this field the shape is not published.
    static let apiEcho = field(
        "message_echoes",
        #"""
        "messages":[{"from":"15550783881","to_user_id":"US.1349","id":"wamid.echo4","timestamp":"1795420700","type":"text",
          "text":{"body":"from another program"}}]
        """#)

    static let history = field(
        "history",
        #"""
        "history":[{"metadata":{"phase":0,"chunk_order":1,"progress":55},"threads":[
          {"id":"16505551234","messages":[
            {"from":"16505551234","id":"wamid.h1","timestamp":"1780000000","type":"text","text":{"body":"hello"},
             "history_context":{"status":"READ"}},
            {"from":"15550783881","to":"16505551234","id":"wamid.h2","timestamp":"1780000060","type":"text",
             "text":{"body":"how can we help"},"history_context":{"status":"DELIVERED"}},
            {"from":"15550783881","to":"16505551234","id":"wamid.h3","timestamp":"1780000070","type":"media_placeholder",
             "history_context":{"status":"PLAYED"}}]},
          {"id":"16505557777","messages":[
            {"from":"15550783881","to":"16505557777","id":"wamid.h4","timestamp":"1780000080","type":"text",
             "text":{"body":"are you there"},"history_context":{"status":"ERROR"}},
            {"from":"15550783881","to":"16505557777","id":"wamid.h5","timestamp":"1780000090","type":"text",
             "text":{"body":"hello?"},"history_context":{"status":"PENDING"}}]}]}]
        """#)

    /// The media of a placeholder.
    static let historyMedia = field(
        "history",
        #"""
        "messages":[{"from":"15550783881","to":"16505551234","id":"wamid.h3","timestamp":"1780000070","type":"image",
          "image":{"id":"9003","mime_type":"image/jpeg","sha256":"\#(emptySHA256)","caption":"this one"}}]
        """#)

    static let historyProgress = field(
        "history", #""history":[{"metadata":{"phase":2,"chunk_order":9,"progress":100}}]"#)

    static let historyDeclined = field(
        "history",
        #"""
        "history":[{"errors":[{"code":2593109,"title":"History sharing is turned off by the business",
          "message":"History sharing is turned off by the business","error_data":{"details":"Ask the business"}}]}]
        """#)

    static let conversationShapes = [
        Shape("echoes of the app", appEcho, updates: 3), Shape("an echo of another program", apiEcho),
        Shape("history", history, updates: 5), Shape("media of the history", historyMedia),
        Shape("the progress of the history", historyProgress), Shape("history declined", historyDeclined),
    ]
}
