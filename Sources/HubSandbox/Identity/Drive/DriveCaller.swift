/// Who calls Drive: an app with a person's token.
struct DriveCaller: Hashable, Sendable {
    let person: SandboxPerson
    let clientID: String
    let scopes: Set<String>

    /// - Returns: nil when the token opens nothing of Drive.
    init?(person: SandboxPerson, grant: Grant) {
        scopes = Set(grant.scopes).intersection([
            GoogleScopes.drive, GoogleScopes.driveFile, GoogleScopes.driveReadonly,
            GoogleScopes.driveMetadataReadonly,
        ])
        guard !scopes.isEmpty else { return nil }
        self.person = person
        clientID = grant.clientID
    }

    /// The folder above all others.
    var rootID: String { Self.rootID(of: person.id) }

    static func rootID(of personID: String) -> String { "0A" + personID + "Uk9PVA" }

    /// Whether the file is there for this app: with `drive.file`, what it made itself.
    func sees(_ file: DriveFile) -> Bool {
        guard file.personID == person.id else { return false }
        return file.clientID == clientID || scopes != [GoogleScopes.driveFile]
    }

    func requireWriting() throws(DriveError) {
        guard scopes.contains(GoogleScopes.driveFile) || scopes.contains(GoogleScopes.drive) else { throw Self.scope }
    }

    func requireContent() throws(DriveError) {
        guard scopes != [GoogleScopes.driveMetadataReadonly] else { throw Self.scope }
    }

    static let scope = DriveError(
        403, "insufficientPermissions", "Request had insufficient authentication scopes.")
}
