import Crypto
import FoundationEssentials

/// Makes a provider's id tokens, right ones unless a fault is on.
struct IDTokenMint: Sendable {
    let provider: IdentityProvider
    let keys: KeyRing
    let issuer: String

    /// - Parameter base: where the sandbox is reached.
    func token(
        _ claims: JSON, client: SandboxConfiguration.IdentityClient, base: String, isRefresh: Bool = false,
        type: String? = "JWT"
    ) async throws -> String {
        let scene = IDTokenScene(
            client: client, keys: keys, base: base, now: provider.now, issuer: issuer)
        var draft = IDTokenDraft(claims: claims, key: try await keys.current(), type: type)
        for fault in IDTokenFaults.all where isRefresh || !fault.isOfRefresh {
            guard let value = await provider.take(fault.fault.name) else { continue }
            try await fault.change(&draft, value, scene)
        }
        if let value = await provider.take(IDTokenFaults.generic.name) {
            try await IDTokenFaults.apply(value, to: &draft, scene)
        }
        return try draft.text()
    }
}

enum IDTokenClaims {
    /// `at_hash` and `c_hash`: the left half of the hash, for algorithms with SHA-256.
    static func hash(of text: String) -> String {
        Base64URL.encode(Array(SHA256.hash(data: Data(text.utf8))).prefix(16))
    }
}
