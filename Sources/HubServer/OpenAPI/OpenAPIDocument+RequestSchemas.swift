extension OpenAPIDocument {
    static let requestSchemas = #"""
        {
          "ChannelName": {
            "type": "string", "minLength": 1, "maxLength": 40, "examples": ["support"],
            "description": "The name of one of the tenant's channels in tenants.yaml."
          },
          "Recipient": {
            "type": "string", "pattern": "^(\\+[1-9][0-9]{6,14}|ctc_[0-9a-hjkmnp-tv-z]{26})$",
            "description": "A phone number as E.164 with its plus, or a contact's id.",
            "examples": ["+16505551234"]
          },
          "ReplyTo": {
            "type": "string", "minLength": 1, "maxLength": 64,
            "description": "The id of the message of this channel that it answers; the person sees it quoted."
          },
          "Resolution": {
            "type": "object", "additionalProperties": false, "required": ["as"],
            "properties": {"as": {"enum": ["resend", "fail"]}}
          },
          "ReadMark": {
            "type": "object", "additionalProperties": false,
            "properties": {
              "typing": {
                "type": "boolean", "default": false, "description": "Also shows for a moment that an answer is being written."
              }
            }
          },
          "MarkedMessage": {
            "type": "object", "required": ["id", "read", "typing"],
            "properties": {
              "id": {"$ref": "#/components/schemas/MessageId"}, "read": {"const": true}, "typing": {"type": "boolean"}
            }
          },
          "BlockRequest": {
            "type": "object", "additionalProperties": false, "required": ["channel"],
            "properties": {"channel": {"$ref": "#/components/schemas/ChannelName"}}
          },
          "Block": {
            "type": "object", "required": ["contact_id", "channel", "blocked"],
            "properties": {
              "contact_id": {"$ref": "#/components/schemas/ContactId"}, "channel": {"type": "string"},
              "blocked": {"type": "boolean"}
            }
          },
          "QueuedMessage": {
            "type": "object", "required": ["id", "status"],
            "properties": {"id": {"$ref": "#/components/schemas/MessageId"}, "status": {"const": "queued"}}
          },
          "QueuedDelivery": {
            "type": "object", "required": ["id", "status"],
            "properties": {"id": {"$ref": "#/components/schemas/DeadLetterId"}, "status": {"const": "queued"}}
          }
        }
        """#
}
