extension Fixtures {
    private static let answered = #""context":{"from":"15550783881","id":"wamid.asked"},"type":"interactive","#

    static let buttonReply = message(
        answered + #""interactive":{"type":"button_reply","button_reply":{"id":"change-1","title":"Change"}}"#)

    static let listReply = message(
        answered
            + #""interactive":{"type":"list_reply","list_reply":{"id":"priority_express","title":"Priority","description":"Next day"}}"#
    )

    /// The answer of a flow is JSON in a string.
    static let flowReply = message(
        answered + #"""
            "interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent",
              "response_json":"{\"flow_token\":\"t-1\",\"size\":[\"M\"]}"}}
            """#)

    /// As recorded by a gateway: the string is no JSON.
    static let flowReplyOfText = message(
        answered
            + #""interactive":{"type":"nfm_reply","nfm_reply":{"name":"address_message","response_json":"no JSON"}}"#)

    static let callPermission = message(
        answered + #"""
            "interactive":{"type":"call_permission_reply","call_permission_reply":{"response":"accept",
              "expiration_timestamp":1796025500,"response_source":"user_action"}}
            """#)

    static let callRefusal = message(
        answered + #""interactive":{"type":"call_permission_reply","call_permission_reply":{"response":"reject"}}"#)

    static let unknownReply = message(
        answered + #""interactive":{"type":"hologram_reply","hologram_reply":{"id":"1"}}"#)

    static let button = message(
        #""context":{"from":"15550783881","id":"wamid.template"},"type":"button","button":{"payload":"STOP-1","text":"Stop"}"#
    )

    static let order = message(
        #"""
        "type":"order","order":{"catalog_id":"194836987003835","text":"please wrap it","product_items":[
          {"product_retailer_id":"di9ozbzfi4","quantity":2,"item_price":30.50,"currency":"USD"},
          {"product_retailer_id":7,"quantity":1,"item_price":25,"currency":"USD"}]}
        """#)

    static let answerShapes = [
        Shape("a reply button", buttonReply), Shape("a row of a list", listReply), Shape("a flow", flowReply),
        Shape("a flow whose answer is no JSON", flowReplyOfText), Shape("a permission to call", callPermission),
        Shape("a refusal to be called", callRefusal), Shape("a reply of an unknown kind", unknownReply),
        Shape("a template button", button), Shape("an order", order),
    ]
}
