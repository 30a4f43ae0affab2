extension SandboxConfiguration {
    /// An application that is registered at a provider.
    public struct IdentityClient: Hashable, Sendable {
        /// `google`, `apple`, `facebook` or `shopify`.
        public var provider: String
        /// The client id.
        public var id: String
        /// What consent pages call the application.
        public var name: String
        /// Nil for a client that proves itself by a signed token (Apple).
        public var secret: String?
        /// Compared character for character.
        public var redirectURIs: [String]
        /// Apple: the developer team, 10 characters.
        public var teamID: String?
        /// Apple: the id of the key that signs the client's secrets.
        public var keyID: String?
        /// Apple: the public half of that key, P-256, as PEM.
        public var publicKey: String?

        public init(
            provider: String, id: String, name: String = "Acme Ltd", secret: String? = nil, redirectURIs: [String],
            teamID: String? = nil, keyID: String? = nil, publicKey: String? = nil
        ) {
            self.provider = provider
            self.id = id
            self.name = name
            self.secret = secret
            self.redirectURIs = redirectURIs
            self.teamID = teamID
            self.keyID = keyID
            self.publicKey = publicKey
        }
    }

    /// What tenant acme of the sample `tenants.yaml` is registered as.
    public static let sampleIdentityClients = [
        IdentityClient(
            provider: "google", id: "sandbox-google-client.apps.googleusercontent.com",
            secret: "sandbox-google-secret",
            redirectURIs: [
                "http://127.0.0.1:8080/auth/acme/google/callback",
                "http://127.0.0.1:8080/connect/acme/archive/callback",
            ]),
        IdentityClient(
            provider: "apple", id: "com.example.comfile.signin",
            redirectURIs: ["http://127.0.0.1:8080/auth/acme/apple/callback"], teamID: "SANDBOXTEA",
            keyID: "SANDBOXKEY", publicKey: sampleApplePublicKey),
        IdentityClient(
            provider: "facebook", id: "1066000000000001", secret: "sandbox-facebook-secret",
            redirectURIs: ["http://127.0.0.1:8080/auth/acme/facebook/callback"]),
        IdentityClient(
            provider: "shopify", id: "sandbox-shopify-client", secret: "sandbox-shopify-secret",
            redirectURIs: [
                "http://127.0.0.1:8080/auth/acme/shopify/callback",
                "http://127.0.0.1:8080/connect/acme/shop/callback",
            ]),
    ]

    /// Its private half is in the demo's made-up environment.
    public static let sampleApplePublicKey = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaeKUEhqiHrqd7OEvsVW7pWwREw8n
        RlVKBg1oaGcWHIe8zQkEaas1Vg5mAky28ArtgvJhsNDYJq4QpZ2TbIp1LA==
        -----END PUBLIC KEY-----
        """
}

extension SandboxConfiguration.IdentityClient {
    /// What control calls tell: all, secrets too, as a sandbox has none that matter.
    var json: JSON {
        [
            "id": JSON(id), "name": JSON(name), "secret": secret.map { JSON($0) },
            "redirect_uris": .array(redirectURIs.map { JSON($0) }), "team_id": teamID.map { JSON($0) },
            "key_id": keyID.map { JSON($0) }, "public_key": publicKey.map { JSON($0) },
        ]
    }

    /// Takes the members that are given; redirect addresses are added to those there are.
    mutating func change(_ json: JSON) throws(ControlError) {
        let known = ["id", "name", "secret", "redirect_uris", "team_id", "key_id", "public_key"]
        if let unknown = json.members?.first(where: { !known.contains($0.name) }) {
            throw ControlError(
                "a client has no '\(unknown.name.prefix(40))'; known are \(known.joined(separator: ", "))")
        }
        if let text = json["name"]?.text { name = text }
        if let text = json["secret"]?.text { secret = text }
        if let text = json["team_id"]?.text { teamID = text }
        if let text = json["key_id"]?.text { keyID = text }
        if let text = json["public_key"]?.text { publicKey = text }
        guard let given = json["redirect_uris"] else { return }
        guard let addresses = given.elements?.map(\.text), addresses.count <= 50, !addresses.contains(nil) else {
            throw ControlError("'redirect_uris' takes a list of up to 50 addresses")
        }
        for address in addresses.compactMap(\.self) where !redirectURIs.contains(address) {
            redirectURIs.append(address)
        }
    }
}
