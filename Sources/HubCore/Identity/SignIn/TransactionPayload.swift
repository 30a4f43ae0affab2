import AdapterKit

/// What a transaction remembers between start and callback, sealed in the tenant's store.
struct TransactionPayload: Sendable {
    /// Whom the person was sent to.
    var issuer: String
    var nonce: Secret
    var verifier: Secret
    var parameters: [String: String]
    var returnPath: String

    var json: JSON {
        .object([
            "issuer": .string(issuer), "nonce": .string(nonce.reveal()), "verifier": .string(verifier.reveal()),
            "parameters": .object(
                parameters.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .string($0.value)) }),
            "return_path": .string(returnPath),
        ])
    }

    init(issuer: String, nonce: Secret, verifier: Secret, parameters: [String: String], returnPath: String) {
        self.issuer = issuer
        self.nonce = nonce
        self.verifier = verifier
        self.parameters = parameters
        self.returnPath = returnPath
    }

    init?(_ json: JSON) {
        guard let issuer = json["issuer"]?.string, let nonce = json["nonce"]?.string,
            let verifier = json["verifier"]?.string,
            let returnPath = json["return_path"]?.string
        else { return nil }
        let parameters = (json["parameters"]?.members ?? []).compactMap { member in
            member.value.string.map { (member.name, $0) }
        }
        self.init(
            issuer: issuer, nonce: Secret(nonce), verifier: Secret(verifier),
            parameters: Dictionary(parameters) { first, _ in first }, returnPath: returnPath)
    }
}
