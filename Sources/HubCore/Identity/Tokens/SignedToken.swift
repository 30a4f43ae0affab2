import AdapterKit

/// A JSON web token in compact form (RFC 7519, RFC 7515), read strictly and not verified yet.
///
/// The header is judged before anything is done with a key: what a token says of where keys are to be found is never
/// followed.
struct SignedToken: Sendable {
    /// What a token is offered as. Tokens of one kind are not taken for another (RFC 8725, 3.11).
    enum Kind: Sendable {
        case identity, event

        /// `typ` in lower case, without `application/`.
        func takes(type: String) -> Bool {
            switch self {
            case .identity: type == "jwt"
            case .event: type == "jwt" || type == "secevent+jwt"
            }
        }
    }

    /// Longer tokens are not looked at.
    static let maximumLength = 16 * 1024
    /// Members that name keys, or that change what a signature means.
    private static let refused = ["crit", "b64", "zip", "jku", "jwk", "x5u", "x5c"]

    let algorithm: IDTokenRules.Algorithm
    let keyID: String?
    let claims: JSON
    /// What the signature is made over.
    let signed: [UInt8]
    let signature: [UInt8]

    init(_ text: String, as kind: Kind, algorithms: [IDTokenRules.Algorithm]) throws(SignInRefusal) {
        guard text.utf8.count <= Self.maximumLength else { throw SignInRefusal(.idTokenMalformed, "too long") }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw SignInRefusal(.idTokenMalformed, "\(min(parts.count, 99)) segments") }
        let header = try Self.object(parts[0], "header")
        for member in Self.refused where header[member] != nil { throw SignInRefusal(.headerRefused, member) }
        guard let name = header["alg"]?.string, let algorithm = IDTokenRules.Algorithm(rawValue: name),
            algorithms.contains(algorithm)
        else { throw SignInRefusal(.algorithmRefused) }
        switch header["typ"] {
        case nil: break
        case .string(let type):
            let plain = type.lowercased()
            guard kind.takes(type: plain.hasPrefix("application/") ? String(plain.dropFirst(12)) : plain) else {
                throw SignInRefusal(.tokenOfOtherKind, "typ")
            }
        default: throw SignInRefusal(.headerRefused, "typ")
        }
        switch header["kid"] {
        case nil: keyID = nil
        case .string(let id) where (1...256).contains(id.utf8.count): keyID = id
        default: throw SignInRefusal(.headerRefused, "kid")
        }
        guard let signature = Base64URL.decode(parts[2]), !signature.isEmpty else {
            throw SignInRefusal(.signatureWrong, "encoding")
        }
        self.algorithm = algorithm
        self.signature = signature
        claims = try Self.object(parts[1], "claims")
        signed = Array("\(parts[0]).\(parts[1])".utf8)
    }

    private static func object(_ segment: Substring, _ name: String) throws(SignInRefusal) -> JSON {
        guard let bytes = Base64URL.decode(segment), let json = try? JSON.parse(bytes), case .object = json else {
            throw SignInRefusal(.idTokenMalformed, name)
        }
        return json
    }
}
