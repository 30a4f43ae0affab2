/// What stands around the content of a customer's message: what it answers, where it comes from, which group it is in.
struct InboundContext: Sendable {
    /// The message that is quoted, by its id; it need not exist.
    let replyTo: String?
    private let forwarded: Bool
    private let frequentlyForwarded: Bool
    private let referredProduct: JSON?
    private let referral: JSON?
    private let groupID: String?

    /// Reads `reply_to`, `forwarded`, `frequently_forwarded`, `referred_product`, `referral` and `group_id`.
    init(_ json: JSON) throws(ControlError) {
        replyTo = json["reply_to"]?.text
        forwarded = json["forwarded"]?.flag ?? false
        frequentlyForwarded = json["frequently_forwarded"]?.flag ?? false
        referredProduct = try Self.object(json, "referred_product", sample: Self.sampleProduct)
        referral = try Self.object(json, "referral", sample: Self.sampleReferral)
        groupID = json["group_id"]?.text
    }

    /// The members to add to the `messages` element.
    /// - Parameter author: the digits of who wrote the quoted message; nil when the business may not see them.
    func members(author: String?) -> JSON {
        var context: JSON?
        if let replyTo {
            context = [
                "from": author.map { JSON($0) }, "id": JSON(replyTo), "referred_product": referredProduct,
            ]
        } else if let referredProduct {
            context = ["from": author.map { JSON($0) }, "referred_product": referredProduct]
        } else if frequentlyForwarded {
            context = ["frequently_forwarded": true]
        } else if forwarded {
            context = ["forwarded": true]
        }
        return ["context": context, "referral": referral, "group_id": groupID.map { JSON($0) }]
    }

    static let sampleProduct: JSON = ["catalog_id": "194836987003835", "product_retailer_id": "garden-chair-7"]

    /// A click on an ad; ads placed in WhatsApp Status come without `ctwa_clid`.
    static let sampleReferral: JSON = [
        "source_url": "https://fb.me/3cr4Wqqkv", "source_id": "120226305854810726", "source_type": "ad",
        "body": "Chairs that stay outside all year.", "headline": "20 % off garden chairs", "media_type": "image",
        "image_url": "https://scontent.example/ad.jpg",
        "ctwa_clid":
            "Aff-n8ZTODiE79d22KtAwQKj9e_mIEOOj27vDVwFjN80dp4_0NiNhEgpGo0AHemvuSoifXaytfTzcchptiErTKCqTrJ5nW1h7IHYeYymGb5K5J5iTROpBhWAGaIAeUzHL50",
        "welcome_message": ["text": "Hi! How can we help you?"],
    ]

    /// `true` stands for a sample.
    private static func object(_ json: JSON, _ name: String, sample: JSON) throws(ControlError) -> JSON? {
        switch json[name] {
        case nil, .bool(false)?: return nil
        case .bool(true)?: return sample
        case .object(let members)?: return .object(members)
        default: throw ControlError("'\(name)' takes true or an object")
        }
    }
}
