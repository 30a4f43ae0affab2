extension OpenAPIDocument {
    static let channelPaths = #"""
        {
          "/api/v1/channels": {
            "get": {
              "operationId": "listChannels", "tags": ["channels"], "security": [{"bearer": []}],
              "summary": "List the channels, and how each stands",
              "description": "Needs the scope `channels.read`.",
              "responses": {
                \#(answer(200, "All of them, by name.", "ChannelList")),
                \#(errors([401: "Unauthenticated", 403: "Forbidden", 422: "Invalid", 503: "Unavailable"]))
              }
            }
          },
          "/api/v1/channels/{name}": {
            "parameters": [{"$ref": "#/components/parameters/ChannelName"}],
            "get": {
              "operationId": "getChannel", "tags": ["channels"], "security": [{"bearer": []}],
              "summary": "Read how a channel stands",
              "description": "Needs the scope `channels.read`.",
              "responses": {\#(answer(200, "The channel.", "Channel")), \#(readErrors)}
            }
          },
          "/api/v1/channels/{name}/resume": {
            "parameters": [{"$ref": "#/components/parameters/ChannelName"}],
            "post": {
              "operationId": "resumeChannel", "tags": ["channels"], "security": [{"bearer": []}],
              "summary": "Let a paused channel send again",
              "description": "Needs the scope `channels.manage`. Takes no body. Messages that waited are sent.",
              "responses": {\#(answer(200, "The channel as it is now.", "Channel")), \#(readErrors)}
            }
          },
          "/api/v1/channels/{name}/probe": {
            "parameters": [{"$ref": "#/components/parameters/ChannelName"}],
            "post": {
              "operationId": "probeChannel", "tags": ["channels"], "security": [{"bearer": []}],
              "summary": "Ask the provider how a channel is",
              "description": "Needs the scope `channels.manage`. Takes no body. The hub does so itself every six hours.",
              "responses": {\#(answer(200, "The channel, as the provider says.", "Channel")), \#(providerErrors)}
            }
          },
          "/api/v1/channels/{name}/operations": {
            "parameters": [{"$ref": "#/components/parameters/ChannelName"}],
            "get": {
              "operationId": "listOperations", "tags": ["channels"], "security": [{"bearer": []}],
              "summary": "List what can be done with a channel's account",
              "description": "Needs the scope `channels.read`. Empty for a channel without any.",
              "responses": {\#(answer(200, "All of them.", "OperationList")), \#(readErrors)}
            }
          },
          "/api/v1/channels/{name}/operations/{operation}": {
            "parameters": [
              {"$ref": "#/components/parameters/ChannelName"}, {"$ref": "#/components/parameters/Operation"}
            ],
            "post": {
              "operationId": "performOperation", "tags": ["channels"], "security": [{"bearer": []}],
              "summary": "Do something with a channel's account",
              "description": "Needs the scope `channels.manage`. The body has the operation's parameters; it may be left out when there are none.",
              "requestBody": {
                "description": "Up to 64 KiB.",
                "content": {"application/json": {"schema": {"type": "object"}, "example": {"code_method": "SMS"}}}
              },
              "responses": {\#(answer(200, "What the provider answered, without secrets.", "Answer")), \#(providerBodyErrors)}
            }
          }
        }
        """#

    static let channelSchemas = #"""
        {
          "ChannelList": {
            "type": "object", "required": ["data", "next"],
            "properties": {
              "data": {"type": "array", "items": {"$ref": "#/components/schemas/Channel"}},
              "next": {"$ref": "#/components/schemas/Next"}
            }
          },
          "Channel": {
            "type": "object",
            "required": [
              "name", "adapter", "status", "pause", "limits", "alerts", "credential_expires_at", "facts", "probed_at"
            ],
            "properties": {
              "name": {"type": "string"}, "adapter": {"type": "string", "examples": ["whatsapp-cloud"]},
              "status": {"enum": ["active", "paused"]},
              "pause": {
                "anyOf": [{"$ref": "#/components/schemas/ChannelPause"}, {"type": "null"}],
                "description": "Why nothing is sent."
              },
              "limits": {
                "type": "object", "required": ["messages_per_second", "new_contacts_per_day", "quality"],
                "description": "What the provider allows, as far as it said.",
                "properties": {
                  "messages_per_second": {"type": ["integer", "null"], "description": "In and out together."},
                  "new_contacts_per_day": {
                    "anyOf": [{"type": "integer"}, {"const": "unlimited"}, {"type": "null"}],
                    "description": "How many people may be written to first in 24 hours."
                  },
                  "quality": {"type": ["string", "null"], "examples": ["GREEN"]}
                }
              },
              "alerts": {"type": "array", "items": {"$ref": "#/components/schemas/ChannelAlert"}},
              "credential_expires_at": {"anyOf": [{"$ref": "#/components/schemas/Timestamp"}, {"type": "null"}]},
              "facts": {"description": "What the last probe said besides, in the adapter's own form; or null."},
              "probed_at": {"anyOf": [{"$ref": "#/components/schemas/Timestamp"}, {"type": "null"}]}
            }
          },
          "ChannelPause": {
            "type": "object", "required": ["code", "title", "since", "needs_resume"],
            "properties": {
              "code": {"type": "string"}, "title": {"type": "string"}, "since": {"$ref": "#/components/schemas/Timestamp"},
              "needs_resume": {
                "type": "boolean", "description": "Only `resume` ends it; else the hub tries again by itself."
              }
            }
          },
          "ChannelAlert": {
            "type": "object", "required": ["code", "title", "severity", "raised_at"],
            "properties": {
              "code": {"type": "string"}, "title": {"type": "string"},
              "severity": {"$ref": "#/components/schemas/Severity"},
              "raised_at": {"$ref": "#/components/schemas/Timestamp"}
            }
          },
          "Severity": {"enum": ["information", "warning", "critical"]},
          "OperationList": {
            "type": "object", "required": ["data", "next"],
            "properties": {
              "data": {"type": "array", "items": {"$ref": "#/components/schemas/Operation"}},
              "next": {"$ref": "#/components/schemas/Next"}
            }
          },
          "Operation": {
            "type": "object", "required": ["name", "summary", "read_only", "parameters"],
            "properties": {
              "name": {"type": "string", "examples": ["request_code"]}, "summary": {"type": "string"},
              "read_only": {"type": "boolean", "description": "It only asks."},
              "parameters": {
                "type": "array",
                "items": {
                  "type": "object", "required": ["name", "type", "required", "summary"],
                  "properties": {
                    "name": {"type": "string"},
                    "type": {"enum": ["text", "secret", "url", "integer", "boolean", "choice", "list"]},
                    "required": {"type": "boolean"}, "default": {"type": "string"},
                    "choices": {"type": "array", "items": {"type": "string"}},
                    "minimum": {"type": "integer"}, "maximum": {"type": "integer"},
                    "rule": {"type": "string", "examples": ["must be 6 digits"]}, "summary": {"type": "string"}
                  }
                }
              }
            }
          },
          "Answer": {"description": "In the provider's own form."}
        }
        """#
}
