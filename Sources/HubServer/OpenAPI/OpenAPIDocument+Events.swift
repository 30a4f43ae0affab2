extension OpenAPIDocument {
    static let eventPaths = #"""
        {
          "/api/v1/events": {
            "get": {
              "operationId": "listEvents", "tags": ["events"], "security": [{"bearer": []}],
              "summary": "Read the event log",
              "description": "Needs the scope `events.read`. The oldest first. `next` is null where the log ends for now: to see later what is new, ask with the `sequence` of the last event that you read as `after`.",
              "parameters": [
                {"$ref": "#/components/parameters/AfterSequence"},
                {"$ref": "#/components/parameters/EventLimit"}
              ],
              "responses": {
                "200": {
                  "description": "The next events, in the order of their sequence.",
                  "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/EventList"}}}
                },
                "401": {"$ref": "#/components/responses/Unauthenticated"},
                "403": {"$ref": "#/components/responses/Forbidden"},
                "422": {"$ref": "#/components/responses/Invalid"},
                "503": {"$ref": "#/components/responses/Unavailable"}
              }
            }
          },
          "/api/v1/events/stream": {
            "get": {
              "operationId": "streamEvents", "tags": ["events"], "security": [{"bearer": []}],
              "summary": "Follow the event log live",
              "description": "Needs the scope `events.read`. Server-sent events without an end: `id` is the sequence number, `event` the type, `data` the event. Starts after `Last-Event-ID`, else after `after`, else with what happens next. A comment line comes at least every 15 seconds while nothing happens. The stream ends when the key is taken away or the hub stops; connect again with the last id.",
              "parameters": [
                {"$ref": "#/components/parameters/AfterSequence"},
                {"$ref": "#/components/parameters/LastEventId"}
              ],
              "responses": {
                "200": {
                  "description": "The stream.",
                  "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
                  "content": {"text/event-stream": {
                    "schema": {"type": "string"},
                    "example": "id: 7\nevent: message.received\ndata: {\"id\":\"evt_...\",\"sequence\":7}\n\n"
                  }}
                },
                "401": {"$ref": "#/components/responses/Unauthenticated"},
                "403": {"$ref": "#/components/responses/Forbidden"},
                "422": {"$ref": "#/components/responses/Invalid"},
                "503": {"$ref": "#/components/responses/Unavailable"}
              }
            }
          }
        }
        """#
}
