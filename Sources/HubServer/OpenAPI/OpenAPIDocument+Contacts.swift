extension OpenAPIDocument {
    static let contactPaths = #"""
        {
          "/api/v1/contacts": {
            "get": {
              "operationId": "listContacts", "tags": ["contacts"], "security": [{"bearer": []}],
              "summary": "List contacts",
              "description": "Needs the scope `contacts.read`.",
              "parameters": [
                {"$ref": "#/components/parameters/After"},
                {"$ref": "#/components/parameters/Limit"}
              ],
              "responses": {
                \#(answer(200, "A page, the newest first.", "ContactList")),
                \#(errors([401: "Unauthenticated", 403: "Forbidden", 422: "Invalid", 503: "Unavailable"]))
              }
            }
          },
          "/api/v1/contacts/{id}": {
            "parameters": [{"$ref": "#/components/parameters/ContactId"}],
            "get": {
              "operationId": "getContact", "tags": ["contacts"], "security": [{"bearer": []}],
              "summary": "Read a contact",
              "description": "Needs the scope `contacts.read`.",
              "responses": {\#(answer(200, "The contact.", "Contact")), \#(readErrors)}
            }
          },
          "/api/v1/contacts/{id}/block": {
            "parameters": [{"$ref": "#/components/parameters/ContactId"}],
            "post": {
              "operationId": "blockContact", "tags": ["contacts"], "security": [{"bearer": []}],
              "summary": "Keep a person from writing on a channel",
              "description": "Needs the scope `channels.manage`. The provider keeps the block.",
              "requestBody": {"$ref": "#/components/requestBodies/Block"},
              "responses": {\#(answer(200, "The person is blocked.", "Block")), \#(providerBodyErrors)}
            }
          },
          "/api/v1/contacts/{id}/unblock": {
            "parameters": [{"$ref": "#/components/parameters/ContactId"}],
            "post": {
              "operationId": "unblockContact", "tags": ["contacts"], "security": [{"bearer": []}],
              "summary": "Let a person write again",
              "description": "Needs the scope `channels.manage`.",
              "requestBody": {"$ref": "#/components/requestBodies/Block"},
              "responses": {\#(answer(200, "The person may write.", "Block")), \#(providerBodyErrors)}
            }
          }
        }
        """#
}
