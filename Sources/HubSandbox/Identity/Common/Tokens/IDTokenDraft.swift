import Crypto
import FoundationEssentials

/// A token on its way to its text, with everything about it that can be made wrong.
struct IDTokenDraft: Sendable {
    /// How the third part comes to be.
    enum Signature: Sendable {
        /// By the key, with that algorithm.
        case key(algorithm: String)
        /// An HMAC with that secret.
        case hmac([UInt8])
        case bytes([UInt8])
        /// One bit of the right one is another.
        case flipped
        case empty
        /// ECDSA over P-256, in DER where a JWS has the bare numbers.
        case ecdsaDER
    }

    var header: JSON
    var claims: JSON
    var key: SigningKey
    var signature = Signature.key(algorithm: "RS256")
    /// The header as text in place of `header`, for what is no proper JSON object.
    var headerText: String?
    /// The claims as text in place of `claims`.
    var claimsText: String?
    /// The token as a whole in place of all else.
    var raw: String?
    /// What is done to the finished text.
    var reshape: @Sendable (String) -> String = { $0 }

    init(claims: JSON, key: SigningKey, type: String? = "JWT") {
        header = ["alg": "RS256", "kid": JSON(key.kid), "typ": type.map { JSON($0) }]
        self.claims = claims
        self.key = key
    }

    /// The token as it travels.
    func text() throws -> String {
        if let raw { return raw }
        let body = Base64URL.encode(claimsText.map { Array($0.utf8) } ?? claims.bytes)
        let head = Base64URL.encode(headerText.map { Array($0.utf8) } ?? header.bytes)
        let input = "\(head).\(body)"
        let bytes: [UInt8]
        switch signature {
        case .key(let algorithm): bytes = try key.signature(of: input, algorithm: algorithm)
        case .hmac(let secret):
            bytes = Array(
                HMAC<SHA256>.authenticationCode(for: Data(input.utf8), using: SymmetricKey(data: Data(secret))))
        case .bytes(let given): bytes = given
        case .flipped:
            var right = try key.signature(of: input)
            right[right.count / 2] ^= 0x01
            bytes = right
        case .empty: bytes = []
        case .ecdsaDER:
            bytes = Array(try P256.Signing.PrivateKey().signature(for: Data(input.utf8)).derRepresentation)
        }
        return reshape("\(input).\(Base64URL.encode(bytes))")
    }

    /// Takes the members of an object over; null removes one.
    static func override(_ json: JSON, with members: [JSON.Member]) -> JSON {
        members.reduce(json) { changed, member in
            member.value == .null
                ? changed.without([member.name]) : changed.replacing(member.name, with: member.value)
        }
    }

    mutating func set(_ claim: String, _ value: JSON) { claims = claims.replacing(claim, with: value) }
    mutating func remove(_ claim: String) { claims = claims.without([claim]) }
    mutating func setHeader(_ name: String, _ value: JSON) { header = header.replacing(name, with: value) }
}

/// What the faults of a token need to know beside it.
struct IDTokenScene: Sendable {
    let client: SandboxConfiguration.IdentityClient
    let keys: KeyRing
    /// Where the sandbox is reached, e.g. `http://127.0.0.1:8090`.
    let base: String
    /// Unix seconds.
    let now: Int
    let issuer: String
}

/// A fault of id tokens by name.
struct IDTokenFault: Sendable {
    typealias Change = @Sendable (inout IDTokenDraft, JSON, IDTokenScene) async throws -> Void

    let fault: ProviderFault
    let change: Change

    /// Whether only tokens that are made for a refresh token are changed, and use it up.
    var isOfRefresh: Bool { fault.name.hasPrefix("refresh_") }

    init(
        _ name: String, _ takes: ProviderFault.Value = .flag, _ does: String, _ change: @escaping Change
    ) {
        fault = ProviderFault(name, takes, does)
        self.change = change
    }

    /// A fault that is one change of the claims.
    static func claim(_ name: String, _ does: String, _ claim: String, _ value: JSON?) -> IDTokenFault {
        IDTokenFault(name, .flag, does) { draft, _, _ in
            if let value { draft.set(claim, value) } else { draft.remove(claim) }
        }
    }
}
