/// What a client asks a person for, checked, and waiting for the person's answer.
struct AuthorizationRequest: Hashable, Sendable {
    let client: SandboxConfiguration.IdentityClient
    let redirectURI: String
    let state: String?
    var scopes: [String]
    var nonce: String?
    var codeChallenge: String?
    var codeChallengeMethod: String?
    /// All that came, for what only one provider knows.
    var fields: FormFields
    /// What a provider adds for itself, e.g. the shop.
    var extra: [String: String] = [:]
}

/// A person's answer to a consent page.
struct ConsentDecision: Hashable, Sendable {
    let person: SandboxPerson
    let isAllowed: Bool
    /// The scopes that were left checked; nil where the page had no check boxes.
    let scopes: [String]?
    /// The page's other fields, e.g. whether to hide the e-mail address.
    let fields: FormFields
}

/// An answer that is given in a person's place, without a page (`PUT /_sandbox/{provider}/consent`).
struct AutomaticConsent: Hashable, Sendable {
    var personID: String
    var isAllowed = true
    var scopes: [String]?
    var fields = FormFields([])

    init(_ json: JSON, people: SandboxPeople) throws(ControlError) {
        personID = try people.person(in: json).id
        switch json["decision"]?.text ?? "allow" {
        case "allow": isAllowed = true
        case "deny": isAllowed = false
        default: throw ControlError("'decision' takes allow or deny")
        }
        if let given = json["scopes"] {
            guard let texts = given.elements?.map(\.text), !texts.contains(nil) else {
                throw ControlError("'scopes' takes a list of scopes")
            }
            scopes = texts.compactMap(\.self)
        }
        for member in json["fields"]?.members ?? [] { fields.append(member.name, member.value.text) }
    }

    var json: JSON {
        [
            "person": JSON(personID), "decision": isAllowed ? "allow" : "deny",
            "scopes": scopes.map { .array($0.map { JSON($0) }) },
            "fields": .object(fields.fields.map { .init(name: $0.name, value: JSON($0.value)) }),
        ]
    }
}
