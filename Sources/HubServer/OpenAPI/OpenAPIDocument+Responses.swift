extension OpenAPIDocument {
    static let responses = #"""
        {
          "Challenge": {
            "description": "The provider's challenge, given back.",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
            "content": {"text/plain": {"schema": {"type": "string"}, "example": "1158201444"}}
          },
          "BadRequest": {
            "description": "The body is not JSON (`not_json`), the `Idempotency-Key` is missing or not one of 1 to 255 characters (`idempotency_key_missing`), or the request cannot be read (`bad_request`).",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
            "content": {"application/problem+json": {
              "schema": {"$ref": "#/components/schemas/Problem"},
              "example": {
                "type": "about:blank", "title": "Bad Request", "status": 400, "code": "not_json",
                "detail": "The body is not JSON: a value is missing at byte 0.",
                "request_id": "4d2a9a6f0c3b7e15"
              }
            }}
          },
          "Unauthenticated": {
            "description": "No key, or one that is not known (`unauthenticated`).",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}, "WWW-Authenticate": {"$ref": "#/components/headers/WWWAuthenticate"}},
            "content": {"application/problem+json": {
              "schema": {"$ref": "#/components/schemas/Problem"},
              "example": {
                "type": "about:blank", "title": "Unauthorized", "status": 401, "code": "unauthenticated",
                "detail": "Send a valid API key as Authorization: Bearer KEY.",
                "request_id": "4d2a9a6f0c3b7e15"
              }
            }}
          },
          "SessionTokenWrong": {
            "description": "No session token, or one that does not hold or is another connection's (`session_token_wrong`).",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}, "WWW-Authenticate": {"$ref": "#/components/headers/WWWAuthenticate"}},
            "content": {"application/problem+json": {
              "schema": {"$ref": "#/components/schemas/Problem"},
              "example": {
                "type": "about:blank", "title": "Unauthorized", "status": 401, "code": "session_token_wrong",
                "detail": "Send a session token of this very service, less than a minute old, as Authorization: Bearer TOKEN.",
                "request_id": "4d2a9a6f0c3b7e15"
              }
            }}
          },
          "ConnectionRefused": {
            "description": "The service did not give what the connection needs (`connection_refused`).",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
            "content": {"application/problem+json": {
              "schema": {"$ref": "#/components/schemas/Problem"},
              "example": {
                "type": "about:blank", "title": "Conflict", "status": 409, "code": "connection_refused",
                "detail": "The service did not give what the connection needs: scopes_missing.",
                "request_id": "4d2a9a6f0c3b7e15"
              }
            }}
          },
          "SignatureWrong": {
            "description": "The body is not signed with a secret of this address (`signature_wrong`).",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}, "WWW-Authenticate": {"$ref": "#/components/headers/WWWAuthenticate"}},
            "content": {"application/problem+json": {
              "schema": {"$ref": "#/components/schemas/Problem"},
              "example": {
                "type": "about:blank", "title": "Unauthorized", "status": 401, "code": "signature_wrong",
                "detail": "The body is not signed with a secret of this address.",
                "request_id": "4d2a9a6f0c3b7e15"
              }
            }}
          },
          "Forbidden": {
            "description": "The key lacks the scope (`forbidden`).",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
            "content": {"application/problem+json": {
              "schema": {"$ref": "#/components/schemas/Problem"},
              "example": {
                "type": "about:blank", "title": "Forbidden", "status": 403, "code": "forbidden",
                "detail": "This key lacks the scope messages.send.",
                "request_id": "4d2a9a6f0c3b7e15"
              }
            }}
          },
          "HandshakeWrong": {
            "description": "The verify token is not ours (`handshake_wrong`).",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
            "content": {"application/problem+json": {
              "schema": {"$ref": "#/components/schemas/Problem"},
              "example": {
                "type": "about:blank", "title": "Forbidden", "status": 403, "code": "handshake_wrong",
                "detail": "The verify token is not the one of this address.",
                "request_id": "4d2a9a6f0c3b7e15"
              }
            }}
          },
          "NotFound": {
            "description": "There is no such thing, or it is another tenant's (`not_found`); or the provider has none (`provider_not_found`).",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
            "content": {"application/problem+json": {
              "schema": {"$ref": "#/components/schemas/Problem"},
              "example": {
                "type": "about:blank", "title": "Not Found", "status": 404, "code": "not_found",
                "detail": "There is nothing here, or nothing that this key may see.",
                "request_id": "4d2a9a6f0c3b7e15"
              }
            }}
          },
          "Conflict": {
            "description": "The `Idempotency-Key` was used with another body (`idempotency_conflict`), or the message is not uncertain (`not_uncertain`).",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
            "content": {"application/problem+json": {
              "schema": {"$ref": "#/components/schemas/Problem"},
              "example": {
                "type": "about:blank", "title": "Conflict", "status": 409, "code": "idempotency_conflict",
                "detail": "This Idempotency-Key was used with another body. Use a new key for a new message.",
                "request_id": "4d2a9a6f0c3b7e15"
              }
            }}
          },
          "TooLarge": {
            "description": "The body is larger than this route takes (`too_large`).",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
            "content": {"application/problem+json": {
              "schema": {"$ref": "#/components/schemas/Problem"},
              "example": {
                "type": "about:blank", "title": "Content Too Large", "status": 413, "code": "too_large",
                "detail": "The body is larger than the 262144 bytes that this route takes.",
                "request_id": "4d2a9a6f0c3b7e15"
              }
            }}
          },
          "Invalid": {
            "description": "The request has errors (`invalid_request`): all of them, each with its place.",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
            "content": {"application/problem+json": {
              "schema": {"$ref": "#/components/schemas/InvalidRequestProblem"},
              "example": {
                "type": "about:blank", "title": "Unprocessable Content", "status": 422, "code": "invalid_request",
                "detail": "The request has errors; each says where.",
                "request_id": "4d2a9a6f0c3b7e15",
                "errors": [{"pointer": "/to", "code": "missing", "detail": "is required"}]
              }
            }}
          },
          "Unavailable": {
            "description": "The hub cannot store anything right now (`unavailable`), or the provider did not do it now (`provider_unavailable`). Come back after `Retry-After`.",
            "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}, "Retry-After": {"$ref": "#/components/headers/RetryAfter"}},
            "content": {"application/problem+json": {
              "schema": {"$ref": "#/components/schemas/Problem"},
              "example": {
                "type": "about:blank", "title": "Service Unavailable", "status": 503, "code": "unavailable",
                "detail": "The hub cannot store this right now. Come back shortly.",
                "request_id": "4d2a9a6f0c3b7e15"
              }
            }}
          }
        }
        """#
}
