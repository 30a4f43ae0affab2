import AdapterKit

/// The address of an upload that is under way. Whoever has it can write the file, so it is kept as a secret.
struct UploadSessions: Sendable {
    let credentials: any CredentialPort
    let name: String

    /// Nil also when it cannot be read: then the upload begins anew, which costs bytes and no second file.
    func kept() async -> String? { (try? await credentials.credential(name))?.reveal() }

    /// That it cannot be kept costs bytes too, and nothing else.
    func keep(_ session: String) async { try? await credentials.keep(Secret(session), as: name) }

    /// - Throws: when it stays: a later delivery asks Drive once more and forgets it then.
    func forget() async throws(ProviderFailure) {
        do {
            try await credentials.keep(nil, as: name)
        } catch {
            throw DriveLedger.unkept
        }
    }
}
