extension OpenAPIDocument {
    static let templatePaths = #"""
        {
          "/api/v1/channels/{name}/templates": {
            "parameters": [{"$ref": "#/components/parameters/ChannelName"}],
            "get": {
              "operationId": "listTemplates", "tags": ["templates"], "security": [{"bearer": []}],
              "summary": "List the templates of a channel's account",
              "description": "Needs the scope `channels.read`. As the hub knows them: it asks the provider every six hours, and follows its news.",
              "parameters": [
                {"$ref": "#/components/parameters/After"},
                {"$ref": "#/components/parameters/Limit"}
              ],
              "responses": {
                \#(answer(200, "A page, by name and language.", "TemplateList")), \#(readErrors),
                \#(errors([409: "ChannelConflict"]))
              }
            },
            "post": {
              "operationId": "createTemplate", "tags": ["templates"], "security": [{"bearer": []}],
              "summary": "Hand a template in for review",
              "description": "Needs the scope `channels.manage`. What becomes of it is told by `template.updated`.",
              "requestBody": {"$ref": "#/components/requestBodies/Template"},
              "responses": {
                \#(answer(201, "The provider has it.", "Template")), \#(providerBodyErrors)
              }
            }
          },
          "/api/v1/channels/{name}/templates/sync": {
            "parameters": [{"$ref": "#/components/parameters/ChannelName"}],
            "post": {
              "operationId": "syncTemplates", "tags": ["templates"], "security": [{"bearer": []}],
              "summary": "Take the templates over from the provider now",
              "description": "Needs the scope `channels.manage`. Takes no body.",
              "responses": {\#(answer(200, "How many there are.", "TemplateCount")), \#(providerErrors)}
            }
          },
          "/api/v1/channels/{name}/templates/{id}": {
            "parameters": [
              {"$ref": "#/components/parameters/ChannelName"}, {"$ref": "#/components/parameters/TemplateId"}
            ],
            "get": {
              "operationId": "getTemplate", "tags": ["templates"], "security": [{"bearer": []}],
              "summary": "Read a template",
              "description": "Needs the scope `channels.read`.",
              "responses": {\#(answer(200, "The template.", "Template")), \#(readErrors)}
            },
            "post": {
              "operationId": "editTemplate", "tags": ["templates"], "security": [{"bearer": []}],
              "summary": "Change a template",
              "description": "Needs the scope `channels.manage`. The provider reviews it again.",
              "requestBody": {"$ref": "#/components/requestBodies/Template"},
              "responses": {
                \#(answer(202, "The provider has the change; this is the template as it was.", "Template")),
                \#(providerBodyErrors)
              }
            },
            "delete": {
              "operationId": "deleteTemplate", "tags": ["templates"], "security": [{"bearer": []}],
              "summary": "Delete one language of a template",
              "description": "Needs the scope `channels.manage`. At the provider, and here.",
              "responses": {"204": {"description": "It is gone."}, \#(providerErrors)}
            }
          }
        }
        """#

    static let templateSchemas = #"""
        {
          "TemplateList": {
            "type": "object", "required": ["data", "next", "synced_at"],
            "properties": {
              "data": {"type": "array", "items": {"$ref": "#/components/schemas/Template"}},
              "next": {"$ref": "#/components/schemas/Next"},
              "synced_at": {
                "anyOf": [{"$ref": "#/components/schemas/Timestamp"}, {"type": "null"}],
                "description": "When they were last taken over whole; null before the first time."
              }
            }
          },
          "Template": {
            "type": "object",
            "required": [
              "id", "provider_id", "name", "language", "status", "category", "quality", "reason", "parameter_format",
              "components", "updated_at"
            ],
            "properties": {
              "id": {"$ref": "#/components/schemas/TemplateId"}, "provider_id": {"type": "string"},
              "name": {"type": "string", "examples": ["order_shipped"]},
              "language": {"type": "string", "examples": ["en_US"]},
              "status": {"$ref": "#/components/schemas/TemplateStatus"},
              "category": {"type": "string", "description": "In the provider's words.", "examples": ["UTILITY"]},
              "quality": {"type": ["string", "null"], "examples": ["GREEN"]},
              "reason": {"type": ["string", "null"], "description": "Why it was refused, paused or switched off."},
              "parameter_format": {"enum": ["named", "positional"]},
              "components": {"type": "array", "items": {}, "description": "Its parts, in the provider's form."},
              "updated_at": {"$ref": "#/components/schemas/Timestamp"}
            }
          },
          "TemplateStatus": {
            "enum": [
              "approved", "pending", "rejected", "paused", "disabled", "appealed", "archived", "locked", "deleted",
              "unknown"
            ],
            "description": "Only `approved` ones are sent; of `unknown` ones the provider decides."
          },
          "TemplateCount": {
            "type": "object", "required": ["templates"], "properties": {"templates": {"type": "integer", "minimum": 0}}
          }
        }
        """#
}
