/// What stands around a message's content: what it answers, and how the person came to write.
public struct MessageDetails: Sendable, Equatable, Codable {
    /// The message that this one answers, known or not.
    public var repliesTo: MessageReference?
    public var isForwarded: Bool
    /// Forwarded more than a few times.
    public var isForwardedOften: Bool
    /// The product that the person asks about.
    public var product: ReferredProduct?
    public var referral: Referral?
    /// What went wrong with the message at the provider, such as media that could not be read.
    public var problems: [FailureReason]

    public struct ReferredProduct: Sendable, Equatable, Codable {
        public var catalogID: String
        public var productID: String

        public init(catalogID: String, productID: String) {
            self.catalogID = catalogID
            self.productID = productID
        }
    }

    /// The advertisement or post that led the person here.
    public struct Referral: Sendable, Equatable, Codable {
        /// Such as `ad` or `post`.
        public var sourceType: String?
        public var sourceID: String?
        public var sourceURL: String?
        public var headline: String?
        public var body: String?
        public var mediaType: String?
        /// Address of the picture, film or preview that the advertisement shows.
        public var mediaURL: String?
        /// The click id that conversions are reported with; missing for advertisements in a status.
        public var clickID: String?
        /// The greeting that the advertisement showed.
        public var welcomeText: String?

        public init(
            sourceType: String? = nil, sourceID: String? = nil, sourceURL: String? = nil, headline: String? = nil,
            body: String? = nil, mediaType: String? = nil, mediaURL: String? = nil, clickID: String? = nil,
            welcomeText: String? = nil
        ) {
            self.sourceType = sourceType
            self.sourceID = sourceID
            self.sourceURL = sourceURL
            self.headline = headline
            self.body = body
            self.mediaType = mediaType
            self.mediaURL = mediaURL
            self.clickID = clickID
            self.welcomeText = welcomeText
        }
    }

    public init(
        repliesTo: MessageReference? = nil, isForwarded: Bool = false, isForwardedOften: Bool = false,
        product: ReferredProduct? = nil, referral: Referral? = nil, problems: [FailureReason] = []
    ) {
        self.repliesTo = repliesTo
        self.isForwarded = isForwarded
        self.isForwardedOften = isForwardedOften
        self.product = product
        self.referral = referral
        self.problems = problems
    }

    public var isEmpty: Bool { self == MessageDetails() }

    /// `{context, referral, problems}`, each left out when there is nothing to say; members of the message that it belongs to.
    public var json: JSON {
        let context = JSON.object(
            (repliesTo?.members("") ?? [])
                + [
                    isForwarded ? .init("forwarded", true) : nil,
                    isForwardedOften ? .init("frequently_forwarded", true) : nil,
                    product.map { product in
                        .init(
                            "referred_product",
                            .object([
                                "catalog_id": .string(product.catalogID),
                                "product_retailer_id": .string(product.productID),
                            ]))
                    },
                ].compactMap(\.self))
        return .object([
            "context": context.members.isEmpty ? JSON?.none : context,
            "referral": referral.map { referral in
                .object([
                    "source_type": .text(referral.sourceType), "source_id": .text(referral.sourceID),
                    "source_url": .text(referral.sourceURL), "headline": .text(referral.headline),
                    "body": .text(referral.body), "media_type": .text(referral.mediaType),
                    "media_url": .text(referral.mediaURL), "ctwa_clid": .text(referral.clickID),
                    "welcome_text": .text(referral.welcomeText),
                ])
            },
            "problems": problems.isEmpty ? nil : .array(problems.map(\.json)),
        ])
    }
}
