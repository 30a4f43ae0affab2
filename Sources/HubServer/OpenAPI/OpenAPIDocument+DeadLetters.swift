extension OpenAPIDocument {
    static let deadLetterPaths = #"""
        {
          "/api/v1/dead-letters": {
            "get": {
              "operationId": "listDeadLetters", "tags": ["dead letters"], "security": [{"bearer": []}],
              "summary": "List dead letters",
              "description": "Needs the scope `deliveries.manage`. An event that a business system did not take after all attempts stands here with the reason.",
              "parameters": [
                {"$ref": "#/components/parameters/After"},
                {"$ref": "#/components/parameters/Limit"}
              ],
              "responses": {
                "200": {
                  "description": "A page, the newest first.",
                  "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/DeadLetterList"}}}
                },
                "401": {"$ref": "#/components/responses/Unauthenticated"},
                "403": {"$ref": "#/components/responses/Forbidden"},
                "422": {"$ref": "#/components/responses/Invalid"},
                "503": {"$ref": "#/components/responses/Unavailable"}
              }
            }
          },
          "/api/v1/dead-letters/{id}/replay": {
            "parameters": [{"$ref": "#/components/parameters/DeadLetterId"}],
            "post": {
              "operationId": "replayDeadLetter", "tags": ["dead letters"], "security": [{"bearer": []}],
              "summary": "Deliver a dead letter again",
              "description": "Needs the scope `deliveries.manage`. The event becomes due at once with all its attempts, under the id that it always had. Takes no body.",
              "responses": {
                "202": {
                  "description": "It will be delivered.",
                  "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/QueuedDelivery"}}}
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
