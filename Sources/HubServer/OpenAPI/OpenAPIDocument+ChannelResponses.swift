extension OpenAPIDocument {
    /// What only sends, media and channels answer.
    static let channelResponses = #"""
        {
          "NotSendable": {
            "description": "The request has errors (`invalid_request`), the window for free answers is closed (`window_closed`), or the person stopped messages that advertise (`marketing_stopped`).",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
            "content": {"application/problem+json": {
              "schema": {"anyOf": [
                {"$ref": "#/components/schemas/InvalidRequestProblem"},
                {"$ref": "#/components/schemas/WindowClosedProblem"},
                {"$ref": "#/components/schemas/MarketingStoppedProblem"}
              ]},
              "example": {
                "type": "about:blank", "title": "Unprocessable Content", "status": 422, "code": "window_closed",
                "detail": "The window for free answers closed at 2026-11-22T08:15:30.250Z: only a template can be sent until they write. Usable now: order_shipped (en_US).",
                "request_id": "4d2a9a6f0c3b7e15", "window_closed_at": "2026-11-22T08:15:30.250Z",
                "templates": [{"name": "order_shipped", "language": "en_US"}]
              }
            }}
          },
          "Refused": {
            "description": "The request has errors (`invalid_request`), the provider refused it (`provider_refused`), or the message is none that a person wrote (`not_inbound`).",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
            "content": {"application/problem+json": {
              "schema": {"anyOf": [
                {"$ref": "#/components/schemas/InvalidRequestProblem"}, {"$ref": "#/components/schemas/Problem"}
              ]},
              "example": {
                "type": "about:blank", "title": "Unprocessable Content", "status": 422, "code": "provider_refused",
                "detail": "The provider refused it: The PIN is wrong (133005).",
                "request_id": "4d2a9a6f0c3b7e15", "provider": {"code": "133005", "title": "The PIN is wrong"}
              }
            }}
          },
          "ChannelConflict": {
            "description": "The channel's adapter cannot do it (`unsupported_by_channel`), or not until its owner changes something (`channel_misconfigured`).",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
            "content": {"application/problem+json": {
              "schema": {"$ref": "#/components/schemas/Problem"},
              "example": {
                "type": "about:blank", "title": "Conflict", "status": 409, "code": "channel_misconfigured",
                "detail": "The channel cannot do it until its owner changes something: The access token has expired (190).",
                "request_id": "4d2a9a6f0c3b7e15", "provider": {"code": "190", "title": "The access token has expired"}
              }
            }}
          },
          "Throttled": {
            "description": "The provider asks to come back later (`provider_throttled`).",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}, "Retry-After": {"$ref": "#/components/headers/RetryAfter"}},
            "content": {"application/problem+json": {
              "schema": {"$ref": "#/components/schemas/Problem"},
              "example": {
                "type": "about:blank", "title": "Too Many Requests", "status": 429, "code": "provider_throttled",
                "detail": "The provider asks to come back later: Too many calls (80007).",
                "request_id": "4d2a9a6f0c3b7e15", "provider": {"code": "80007", "title": "Too many calls"}
              }
            }}
          },
          "WrongMedia": {
            "description": "The request has errors (`invalid_request`), or the file is of another type than its `Content-Type` says, or than its kind has (`media_type_mismatch`).",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
            "content": {"application/problem+json": {
              "schema": {"anyOf": [
                {"$ref": "#/components/schemas/InvalidRequestProblem"}, {"$ref": "#/components/schemas/Problem"}
              ]},
              "example": {
                "type": "about:blank", "title": "Unprocessable Content", "status": 422, "code": "media_type_mismatch",
                "detail": "The Content-Type is not the one of the file, which begins as image/png does. Leave it out to have it found.",
                "request_id": "4d2a9a6f0c3b7e15"
              }
            }}
          },
          "MediaNotStored": {
            "description": "The media are being fetched (`media_pending`, with Retry-After), or could not be fetched (`media_failed`, with the reason).",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
            "content": {"application/problem+json": {
              "schema": {"$ref": "#/components/schemas/MediaProblem"},
              "example": {
                "type": "about:blank", "title": "Conflict", "status": 409, "code": "media_failed",
                "detail": "The media could not be fetched: The provider has it no more.",
                "request_id": "4d2a9a6f0c3b7e15", "reason": {"code": "expired", "title": "The provider has it no more"}
              }
            }}
          },
          "NotRetriable": {
            "description": "They are stored, or on their way, or the provider has them no more (`media_not_retriable`).",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
            "content": {"application/problem+json": {
              "schema": {"$ref": "#/components/schemas/Problem"},
              "example": {
                "type": "about:blank", "title": "Conflict", "status": 409, "code": "media_not_retriable",
                "detail": "Only media that could not be fetched, and that the provider still has, are fetched again.",
                "request_id": "4d2a9a6f0c3b7e15"
              }
            }}
          },
          "RangeNotSatisfiable": {
            "description": "The range begins behind the end (`range_not_satisfiable`).",
            "headers": {
              "Request-Id": {"$ref": "#/components/headers/RequestId"},
              "Content-Range": {"$ref": "#/components/headers/ContentRange"}
            },
            "content": {"application/problem+json": {
              "schema": {"$ref": "#/components/schemas/Problem"},
              "example": {
                "type": "about:blank", "title": "Range Not Satisfiable", "status": 416, "code": "range_not_satisfiable",
                "detail": "The range begins behind the end: there are 5120 bytes.",
                "request_id": "4d2a9a6f0c3b7e15"
              }
            }}
          }
        }
        """#
}
