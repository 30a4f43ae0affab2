/// A person as one person gives them to another, after vCard (RFC 6350).
public struct ContactCard: Sendable, Equatable, Codable {
    public struct Name: Sendable, Equatable, Codable {
        /// The whole name as it is shown.
        public var formatted: String
        public var first: String?
        public var last: String?
        public var middle: String?
        public var prefix: String?
        public var suffix: String?
    }

    public struct Phone: Sendable, Equatable, Codable {
        /// As it was written.
        public var phone: String?
        /// The channel's own id of the person, such as WhatsApp's digits.
        public var channelID: String?
        /// Such as `WORK`.
        public var type: String?
    }

    /// A mail or web address and what it is for.
    public struct Address: Sendable, Equatable, Codable {
        public var value: String
        public var type: String?
    }

    public struct PostalAddress: Sendable, Equatable, Codable {
        public var street: String?
        public var city: String?
        public var state: String?
        public var zip: String?
        public var country: String?
        /// ISO 3166-1 alpha-2.
        public var countryCode: String?
        public var type: String?
    }

    public struct Organisation: Sendable, Equatable, Codable {
        public var company: String?
        public var department: String?
        public var title: String?
    }

    /// Nil where somebody only shares their own number.
    public var name: Name?
    public var phones: [Phone]
    public var emails: [Address]
    public var urls: [Address]
    public var addresses: [PostalAddress]
    public var organisation: Organisation?
    /// As `YYYY-MM-DD`.
    public var birthday: String?
    /// `contact_request` when it answers a request for contact information, else `other` or nil.
    public var origin: String?
    /// The card in vCard's own form, where the provider gives it.
    public var vcard: String?

    init(_ reader: ObjectReader) {
        name = reader.optionalObject("name") { name in
            Name(
                formatted: name.text("formatted_name", 1...1000), first: name.optionalText("first_name"),
                last: name.optionalText("last_name"), middle: name.optionalText("middle_name"),
                prefix: name.optionalText("prefix"), suffix: name.optionalText("suffix"))
        }
        phones = reader.list("phones", count: 0...100) { phone in
            Phone(
                phone: phone.optionalText("phone", 1...100), channelID: phone.optionalIdentifier("wa_id"),
                type: phone.optionalText("type", 0...100))
        }
        emails = reader.list("emails", count: 0...100) { email in
            Address(value: email.text("email", 1...320), type: email.optionalText("type", 0...100))
        }
        urls = reader.list("urls", count: 0...100) { url in
            Address(value: url.text("url", 1...2048), type: url.optionalText("type", 0...100))
        }
        addresses = reader.list("addresses", count: 0...100) { address in
            PostalAddress(
                street: address.optionalText("street"), city: address.optionalText("city"),
                state: address.optionalText("state"), zip: address.optionalIdentifier("zip"),
                country: address.optionalText("country"), countryCode: address.optionalText("country_code"),
                type: address.optionalText("type"))
        }
        organisation = reader.optionalObject("org") { organisation in
            Organisation(
                company: organisation.optionalText("company"), department: organisation.optionalText("department"),
                title: organisation.optionalText("title"))
        }
        birthday = reader.optionalText("birthday", 0...30)
        origin = reader.optionalText("origin", 0...100)
        vcard = reader.optionalText("vcard")
    }

    /// Reads a provider's object of this form leniently: what is wrong in it is left out.
    public init(lenient json: JSON) { self = ObjectReader.read(json, ContactCard.init).value }

    public var json: JSON {
        .object([
            "name": name.map { name in
                .object([
                    "formatted_name": .string(name.formatted), "first_name": .text(name.first),
                    "last_name": .text(name.last), "middle_name": .text(name.middle), "prefix": .text(name.prefix),
                    "suffix": .text(name.suffix),
                ])
            },
            "phones": .list(phones) { phone in
                .object(["phone": .text(phone.phone), "wa_id": .text(phone.channelID), "type": .text(phone.type)])
            },
            "emails": .list(emails) { .object(["email": .string($0.value), "type": .text($0.type)]) },
            "urls": .list(urls) { .object(["url": .string($0.value), "type": .text($0.type)]) },
            "addresses": .list(addresses) { address in
                .object([
                    "street": .text(address.street), "city": .text(address.city), "state": .text(address.state),
                    "zip": .text(address.zip), "country": .text(address.country),
                    "country_code": .text(address.countryCode), "type": .text(address.type),
                ])
            },
            "org": organisation.map { organisation in
                .object([
                    "company": .text(organisation.company), "department": .text(organisation.department),
                    "title": .text(organisation.title),
                ])
            },
            "birthday": .text(birthday), "origin": .text(origin), "vcard": .text(vcard),
        ])
    }
}

extension JSON {
    /// A text, or nothing: a member that is nil is left out of its object.
    public static func text(_ value: String?) -> JSON? { value.map { .string($0) } }

    /// A list, or nothing when it is empty.
    static func list<Element>(_ elements: [Element], _ json: (Element) -> JSON) -> JSON? {
        elements.isEmpty ? nil : .array(elements.map(json))
    }
}
