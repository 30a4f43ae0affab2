extension OpenAPIDocument {
    static let readingPaths = #"""
        {
          "/api/v1/conversations": {
            "get": {
              "operationId": "listConversations", "tags": ["messages"], "security": [{"bearer": []}],
              "summary": "List conversations",
              "description": "Needs the scope `messages.read`. A conversation is one contact on one channel.",
              "parameters": [
                {"$ref": "#/components/parameters/After"},
                {"$ref": "#/components/parameters/Limit"}
              ],
              "responses": {
                "200": {
                  "description": "A page, the newest first.",
                  "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ConversationList"}}}
                },
                "401": {"$ref": "#/components/responses/Unauthenticated"},
                "403": {"$ref": "#/components/responses/Forbidden"},
                "422": {"$ref": "#/components/responses/Invalid"},
                "503": {"$ref": "#/components/responses/Unavailable"}
              }
            }
          },
          "/api/v1/conversations/{id}/messages": {
            "parameters": [{"$ref": "#/components/parameters/ConversationId"}],
            "get": {
              "operationId": "listMessages", "tags": ["messages"], "security": [{"bearer": []}],
              "summary": "List the messages of a conversation",
              "description": "Needs the scope `messages.read`. A cursor that is none of the tenant's is answered as an unknown conversation.",
              "parameters": [
                {"$ref": "#/components/parameters/After"},
                {"$ref": "#/components/parameters/Limit"}
              ],
              "responses": {
                "200": {
                  "description": "A page, the newest first.",
                  "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/MessageList"}}}
                },
                "401": {"$ref": "#/components/responses/Unauthenticated"},
                "403": {"$ref": "#/components/responses/Forbidden"},
                "404": {"$ref": "#/components/responses/NotFound"},
                "422": {"$ref": "#/components/responses/Invalid"},
                "503": {"$ref": "#/components/responses/Unavailable"}
              }
            }
          }
        }
        """#
}
