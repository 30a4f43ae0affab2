import AdapterKit

/// What of ours is in Drive, kept by the host.
struct DriveLedger: Sendable {
    static let root = "root"
    static let changes = "changes"

    static func conversation(_ id: String) -> String { "conversation/\(id)" }
    static func media(_ id: String) -> String { "media/\(id)" }
    static func transcript(_ conversation: String, _ month: String) -> String { "transcript/\(conversation)/\(month)" }
    static func window(_ conversation: String) -> String { "window/\(conversation)" }
    /// The plain copy of a document that a transcript was made into.
    static func copy(_ document: String) -> String { "copy/\(document)" }

    let credentials: any CredentialPort

    /// What stands under a name.
    func text(_ name: String) async throws(ProviderFailure) -> String? {
        do {
            return try await credentials.credential(name)?.reveal()
        } catch {
            throw Self.unkept
        }
    }

    func keep(_ text: String?, as name: String) async throws(ProviderFailure) {
        do {
            try await credentials.keep(text.map { Secret($0) }, as: name)
        } catch {
            throw Self.unkept
        }
    }

    func object(_ name: String) async throws(ProviderFailure) -> FiledObject? {
        try await text(name).flatMap { FiledObject($0) }
    }

    func keep(_ object: FiledObject, as name: String) async throws(ProviderFailure) {
        try await keep(object.text, as: name)
        try await keep(name, as: Self.owner(object.id))
    }

    /// Forgets a file, so that it is made anew when it is filed next.
    func forget(_ name: String) async throws(ProviderFailure) {
        guard let object = try await object(name) else { return }
        try await keep(nil as String?, as: name)
        try await keep(nil as String?, as: Self.owner(object.id))
    }

    /// Forgets the file with an id of Drive's. Returns whether it was one of ours.
    func forget(file id: String) async throws(ProviderFailure) -> Bool {
        guard FiledObject.isID(id), let name = try await text(Self.owner(id)) else { return false }
        // Under the name there may be a newer file by now.
        if try await object(name)?.id == id { try await keep(nil as String?, as: name) }
        try await keep(nil as String?, as: Self.owner(id))
        return true
    }

    private static func owner(_ id: String) -> String { "file/\(id)" }

    static let unkept = ProviderFailure(
        .unavailable,
        FailureReason(code: "store_unavailable", title: "What is in Drive cannot be looked up or kept now"))
}
