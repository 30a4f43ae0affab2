import AdapterKit

extension MessageDetails {
    /// `context`, `referral` and `errors` of a message.
    init(_ message: MessageObject) {
        self.init()
        if let context = message.context { read(context: context) }
        if let referral = message.referral, case .object = referral { self.referral = Referral(cloud: referral) }
        problems = message.errors.map { GraphError($0).reason }
    }

    /// A reply, `{"from", "id"}`; something forwarded, which has neither; a question about a product.
    private mutating func read(context: JSON) {
        if let id = context["id"]?.identifier, !id.isEmpty { repliesTo = MessageReference(providerID: id) }
        isForwardedOften = context["frequently_forwarded"]?.bool ?? false
        isForwarded = context["forwarded"]?.bool ?? isForwardedOften
        if let product = context["referred_product"], let id = product["product_retailer_id"]?.identifier {
            self.product = ReferredProduct(catalogID: product["catalog_id"]?.identifier ?? "", productID: id)
        }
    }
}

extension MessageDetails.Referral {
    init(cloud referral: JSON) {
        self.init(
            sourceType: referral["source_type"]?.string, sourceID: referral["source_id"]?.identifier,
            sourceURL: referral["source_url"]?.string, headline: referral["headline"]?.string,
            body: referral["body"]?.string, mediaType: referral["media_type"]?.string,
            mediaURL: (referral["image_url"] ?? referral["video_url"] ?? referral["thumbnail_url"])?.string,
            clickID: referral["ctwa_clid"]?.string,
            welcomeText: referral["welcome_message"]?["text"]?.string)
    }
}
