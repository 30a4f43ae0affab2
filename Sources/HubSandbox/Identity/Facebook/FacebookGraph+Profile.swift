/// Who a token's user is.
extension FacebookGraph {
    /// `me`, or the user's id: the members that `fields` names, of those that the person gave the app.
    func profile(_ call: FacebookCall) async throws(GraphError) -> JSON {
        let token = try await admit(call)
        try await check(call.path[0], of: token, call)
        let person = try person(of: token)
        let grant = await grant(of: token)
        let hidesEmail = await provider.take("no_email") != nil
        let hasEmail = grant.granted.contains("email") && person.hasFacebookEmail && !hidesEmail
        let otherID = await provider.take("other_id").map { $0.text ?? "100000000000001" }
        let id = otherID ?? person.subject(at: "facebook", realm: token.appID)
        let picture: JSON = [
            "data": [
                "height": 50, "is_silhouette": true,
                "url": JSON("https://platform-lookaside.fbsbx.com/platform/profilepic/?asid=\(id)"), "width": 50,
            ]
        ]
        let node: JSON = [
            "id": JSON(id), "name": JSON(person.name), "first_name": JSON(person.givenName),
            "last_name": JSON(person.familyName), "name_format": "{first} {last}", "picture": picture,
            "short_name": JSON(person.givenName), "email": hasEmail ? person.email.map { JSON($0) } : nil,
        ]
        let fields = try FieldSelection.parse(call.fields["fields"] ?? "id,name")
        return try FieldSelection.choose(fields, of: node, emptyFields: Self.emptyFields, node: "User")
    }

    /// Fields that exist and have no value here: they are left out, as everything is that a person did not give.
    private static let emptyFields: Set<String> = [
        "email", "middle_name", "age_range", "birthday", "gender", "hometown", "link", "location", "permissions",
    ]
}
