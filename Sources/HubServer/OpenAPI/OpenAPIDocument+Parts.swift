extension OpenAPIDocument {
    /// The member of `responses` for an answer with a body of a schema.
    static func answer(_ status: Int, _ description: String, _ schema: String) -> String {
        #"""
        "\#(status)": {
          "description": "\#(description)",
          "headers": {"Request-Id": {"$ref": "#/components/headers/RequestId"}},
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/\#(schema)"}}}
        }
        """#
    }

    /// The members of `responses` for errors, by the name of the shared response.
    static func errors(_ responses: KeyValuePairs<Int, String>) -> String {
        responses.map { ##""\##($0)": {"$ref": "#/components/responses/\##($1)"}"## }.joined(separator: ", ")
    }

    /// What every read of one thing may answer.
    static let readErrors = errors([
        401: "Unauthenticated", 403: "Forbidden", 404: "NotFound", 422: "Invalid", 503: "Unavailable",
    ])

    /// What a call may answer that goes through to the provider.
    static let providerErrors = errors([
        401: "Unauthenticated", 403: "Forbidden", 404: "NotFound", 409: "ChannelConflict", 422: "Refused",
        429: "Throttled", 503: "Unavailable",
    ])

    /// The same, for a call with a body.
    static let providerBodyErrors = errors([400: "BadRequest", 413: "TooLarge"]) + ", " + providerErrors
}
