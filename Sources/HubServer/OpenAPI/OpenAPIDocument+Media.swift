extension OpenAPIDocument {
    static let mediaPaths = #"""
        {
          "/api/v1/media": {
            "post": {
              "operationId": "uploadMedia", "tags": ["media"], "security": [{"bearer": []}],
              "summary": "Upload a file for a message",
              "description": "Needs the scope `messages.send`. The body is the file itself, not a form, and is taken piece by piece. Its `Content-Type` has to be the file's; left out, or `application/octet-stream`, the type is found from the first bytes. The file may be as large as any channel of the tenant takes for the kind.",
              "parameters": [
                {"$ref": "#/components/parameters/MediaKind"}, {"$ref": "#/components/parameters/Filename"},
                {"$ref": "#/components/parameters/ContentDisposition"}
              ],
              "requestBody": {"required": true, "description": "The file.", "content": {"*/*": {}}},
              "responses": {
                "201": {
                  "description": "The file is stored, sealed; its `id` goes into messages.",
                  "headers": {
                    "Request-Id": {"$ref": "#/components/headers/RequestId"},
                    "Location": {"$ref": "#/components/headers/Location"}
                  },
                  "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Media"}}}
                },
                \#(errors([
                    400: "BadRequest", 401: "Unauthenticated", 403: "Forbidden", 413: "TooLarge", 422: "WrongMedia",
                    503: "Unavailable",
                ]))
              }
            }
          },
          "/api/v1/media/{id}": {
            "parameters": [{"$ref": "#/components/parameters/MediaId"}],
            "get": {
              "operationId": "getMedia", "tags": ["media"], "security": [{"bearer": []}],
              "summary": "Read a file",
              "description": "Needs the scope `messages.read`. Pictures, sounds and films have their own type and may be shown; everything else is told as `application/octet-stream` and only saved, as it is somebody else's. `GET /api/v1/media/{id}/metadata` has the type that was declared.",
              "parameters": [
                {"$ref": "#/components/parameters/Range"}, {"$ref": "#/components/parameters/IfRange"}
              ],
              "responses": {
                "200": {
                  "description": "The file.",
                  "headers": {\#(fileHeaders)},
                  "content": {\#(fileTypes)}
                },
                "206": {
                  "description": "The part that was asked for.",
                  "headers": {
                    \#(fileHeaders), "Content-Range": {"$ref": "#/components/headers/ContentRange"}
                  },
                  "content": {\#(fileTypes)}
                },
                \#(readErrors), \#(errors([409: "MediaNotStored", 416: "RangeNotSatisfiable"]))
              }
            },
            "head": {
              "operationId": "headMedia", "tags": ["media"], "security": [{"bearer": []}],
              "summary": "Ask for a file's size and type",
              "description": "Needs the scope `messages.read`. As GET, without the file; errors have no body either.",
              "responses": {
                "200": {"description": "What GET would answer.", "headers": {\#(fileHeaders)}},
                \#([401, 403, 404, 409, 422, 503].map { #""\#($0)": {"description": "As for GET."}"# }.joined(separator: ", "))
              }
            }
          },
          "/api/v1/media/{id}/metadata": {
            "parameters": [{"$ref": "#/components/parameters/MediaId"}],
            "get": {
              "operationId": "getMediaMetadata", "tags": ["media"], "security": [{"bearer": []}],
              "summary": "Read what is known of a file",
              "description": "Needs the scope `messages.read`.",
              "responses": {\#(answer(200, "The file's record.", "Media")), \#(readErrors)}
            }
          },
          "/api/v1/media/{id}/retry": {
            "parameters": [{"$ref": "#/components/parameters/MediaId"}],
            "post": {
              "operationId": "retryMedia", "tags": ["media"], "security": [{"bearer": []}],
              "summary": "Fetch media again that could not be fetched",
              "description": "Needs the scope `messages.send`. Takes no body. What becomes of it is told by `media.updated`.",
              "responses": {
                \#(answer(202, "They are fetched again.", "PendingMedia")), \#(readErrors),
                \#(errors([409: "NotRetriable"]))
              }
            }
          }
        }
        """#

    /// A test holds them against the types that the hub shows.
    private static let fileTypes = [
        "image/jpeg", "image/png", "image/webp", "image/gif", "audio/aac", "audio/amr", "audio/mpeg", "audio/mp4",
        "audio/ogg", "video/mp4", "video/3gpp", "application/octet-stream",
    ].map { #""\#($0)": {}"# }.joined(separator: ", ")

    private static let fileHeaders = [
        ("Content-Disposition", "ContentDisposition"), ("Accept-Ranges", "AcceptRanges"), ("ETag", "ETag"),
        ("Request-Id", "RequestId"),
    ].map { ##""\##($0)": {"$ref": "#/components/headers/\##($1)"}"## }.joined(separator: ", ")

    static let mediaSchemas = #"""
        {
          "Media": {
            "type": "object",
            "required": [
              "id", "kind", "state", "mime_type", "size", "filename", "message_id", "error", "created_at"
            ],
            "properties": {
              "id": {"$ref": "#/components/schemas/MediaId"},
              "kind": {"enum": ["image", "video", "audio", "document", "sticker"]},
              "state": {
                "enum": ["pending", "stored", "failed"],
                "description": "`pending` until it is fetched from the provider; `failed` when it could not be."
              },
              "mime_type": {"type": ["string", "null"], "examples": ["audio/ogg; codecs=opus"]},
              "size": {"type": ["integer", "null"], "description": "In bytes; null while it is not stored."},
              "filename": {"type": ["string", "null"], "description": "Somebody else's text, never a path."},
              "message_id": {
                "anyOf": [{"$ref": "#/components/schemas/MessageId"}, {"type": "null"}],
                "description": "The message that it came with; null for an upload."
              },
              "error": {
                "anyOf": [{"$ref": "#/components/schemas/Failure"}, {"type": "null"}],
                "description": "Why it is not there, or was not at the last attempt."
              },
              "created_at": {"$ref": "#/components/schemas/Timestamp"}
            }
          },
          "PendingMedia": {
            "type": "object", "required": ["id", "state"],
            "properties": {"id": {"$ref": "#/components/schemas/MediaId"}, "state": {"const": "pending"}}
          }
        }
        """#
}
