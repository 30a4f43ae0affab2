import Crypto
import FoundationEssentials

/// A made-up person who signs in at the consent pages.
struct SandboxPerson: Hashable, Sendable {
    /// A short name by which tests and pages mean the person, e.g. `ada`.
    let id: String
    var givenName: String
    var familyName: String
    var email: String?
    /// What providers that say so say of the address.
    var isEmailVerified = true
    var phone: String?
    /// The Google Workspace domain of the account (claim `hd`); nil for a consumer's.
    var hostedDomain: String?
    /// Whether Facebook knows an address: people who signed up with a phone number have none there.
    var hasFacebookEmail = true
    /// Whether the person hides the address from apps at Apple unless the page says otherwise.
    var hidesEmail = false
    var locale = "en"
    /// Subjects in place of the made ones, by provider.
    var subjects: [String: String] = [:]

    var name: String { "\(givenName) \(familyName)" }

    /// The person's lasting id at a provider, in the provider's own form.
    /// - Parameter realm: within which the id is the same: Apple's team, Facebook's app; empty where it is everywhere.
    func subject(at provider: String, realm: String = "") -> String {
        if let subject = subjects[provider] { return subject }
        let digest = Array(SHA256.hash(data: Data("\(provider)|\(realm)|\(id)".utf8)))
        let hex = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let digits = digest.map { String($0 % 10) }.joined()
        switch provider {
        case "google": return "1" + digits.prefix(20)
        case "apple": return "00\(digits.prefix(4)).\(hex.prefix(32)).\(digits.suffix(4))"
        case "facebook": return "1" + digits.prefix(15)
        default: return "1" + digits.prefix(10)
        }
    }
}

extension SandboxPerson {
    /// Reads a person as `PUT /_sandbox/people` takes one.
    init(_ json: JSON) throws(ControlError) {
        guard let id = json["id"]?.text, id.wholeMatch(of: /[a-z0-9-]{1,40}/) != nil else {
            throw ControlError("'id' of a person takes up to 40 of a-z, 0-9 and -")
        }
        guard let given = json["given_name"]?.text, let family = json["family_name"]?.text else {
            throw ControlError("'given_name' and 'family_name' of a person are missing")
        }
        self.init(id: id, givenName: given, familyName: family)
        let known = [
            "id", "given_name", "family_name", "email", "email_verified", "phone", "hd", "facebook_email",
            "hides_email", "locale", "subjects",
        ]
        if let unknown = json.members?.first(where: { !known.contains($0.name) }) {
            throw ControlError(
                "a person has no '\(unknown.name.prefix(40))'; known are \(known.joined(separator: ", "))")
        }
        email = json["email"]?.text
        isEmailVerified = json["email_verified"]?.flag ?? true
        phone = json["phone"]?.text
        hostedDomain = json["hd"]?.text
        hasFacebookEmail = json["facebook_email"]?.flag ?? true
        hidesEmail = json["hides_email"]?.flag ?? false
        locale = json["locale"]?.text ?? "en"
        for member in json["subjects"]?.members ?? [] { subjects[member.name] = member.value.text }
    }

    var json: JSON {
        [
            "id": JSON(id), "given_name": JSON(givenName), "family_name": JSON(familyName),
            "email": email.map { JSON($0) }, "email_verified": .bool(isEmailVerified),
            "phone": phone.map { JSON($0) }, "hd": hostedDomain.map { JSON($0) },
            "facebook_email": .bool(hasFacebookEmail), "hides_email": .bool(hidesEmail), "locale": JSON(locale),
            "subjects": .object(subjects.sorted { $0.key < $1.key }.map { .init(name: $0, value: JSON($1)) }),
        ]
    }

    /// Who there is unless a test says otherwise.
    static let samples = [
        SandboxPerson(
            id: "ada", givenName: "Ada", familyName: "Lovelace", email: "ada@acme.example", phone: "+16505551234",
            hostedDomain: "acme.example"),
        SandboxPerson(
            id: "grace", givenName: "Grace", familyName: "Hopper", email: "grace.hopper@gmail.com",
            phone: "+16505555678"),
        SandboxPerson(
            id: "alan", givenName: "Alan", familyName: "Turing", email: "alan@globex.example", phone: "+16505559012",
            hostedDomain: "globex.example", hasFacebookEmail: false),
        SandboxPerson(
            id: "mary", givenName: "Mary", familyName: "Shelley", email: "mary@shelley.example", phone: "+16505553456",
            hidesEmail: true, locale: "de"),
        // Claims an address of Acme's without having proven it, and without Acme's domain.
        SandboxPerson(
            id: "charles", givenName: "Charles", familyName: "Babbage", email: "charles@acme.example",
            isEmailVerified: false),
    ]
}
