import Crypto
import Foundation

/// A column whose values are sealed.
enum SealedColumn: String, CaseIterable {
    case contactName = "contacts|name"
    case contactUsername = "contacts|username"
    case identityValue = "contact_identities|value"
    case messageProviderID = "messages|provider_id"
    case messageContent = "messages|content"
    case messageRaw = "messages|raw"
    case messageDetails = "messages|details"
    case messageFailureDetail = "messages|failure_detail"
    case statusRaw = "message_statuses|raw"
    case eventData = "events|data"
    case templateComponents = "templates|components"
    case channelFacts = "channel_states|facts"
    case credentialValue = "credentials|value"
    case mediaFilename = "media|filename"
    case mediaReference = "media|reference"
    case mediaDigest = "media|digest"
    case mediaFailureDetail = "media|failure_detail"
    case mediaUploadID = "media_uploads|provider_id"
    case personName = "people|name"
    case personEmail = "people|email"
    case personPhone = "people|phone"
    case identitySubject = "person_identities|subject"
    case identityLabel = "person_identities|label"
    case sessionLabel = "sessions|label"
    case signInPayload = "sign_in_transactions|payload"
    case invitationName = "invitations|name"
    case invitationEmail = "invitations|email"
    case apiKeyName = "api_keys|name"
    case grantSubject = "grants|subject"
    case grantLabel = "grants|label"
    case grantAccessToken = "grants|access_token"
    case grantRefreshToken = "grants|refresh_token"
    case deletionCode = "deletion_requests|code"
    case recordExternalID = "contact_records|external_id"
    case recordData = "contact_records|data"
    case tenantKey = "tenant_keys|wrapped"
    case contactKey = "contact_keys|wrapped"
    case quarantineBody = "quarantine|body"
    case masterKeyCheck = "master|check"
}

/// Seals values with AES-256-GCM, each bound to its owner, table, column, row and key version: moved elsewhere it does
/// not open.
struct Sealer: Sendable {
    /// Leads every sealed value.
    static let keyVersion: UInt8 = 1

    private let prefixes: [SealedColumn: [UInt8]]
    private let nonces = NonceSource()

    /// - Parameter owner: the tenant's id, or a name of the hub's own that no tenant can have.
    init(owner: String) {
        prefixes = Dictionary(
            uniqueKeysWithValues: SealedColumn.allCases.map { ($0, Array("\(owner)|\($0.rawValue)|".utf8)) })
    }

    /// The value as `version, nonce, ciphertext, tag`.
    func seal(_ value: some DataProtocol, _ column: SealedColumn, row: Int64, with key: SymmetricKey) throws -> [UInt8]
    {
        let nonce = try AES.GCM.Nonce(data: nonces.next())
        let data = associatedData(column, row, Self.keyVersion)
        let box = try AES.GCM.seal(value, using: key, nonce: nonce, authenticating: data)
        guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return combined.withUnsafeBytes { bytes in
            [UInt8](unsafeUninitializedCapacity: 1 + bytes.count) { sealed, count in
                sealed[0] = Self.keyVersion
                UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(sealed)[1...]).copyMemory(
                    from: bytes)
                count = 1 + bytes.count
            }
        }
    }

    /// - Throws: ``StoreError`` with `unsealable`.
    func open(_ sealed: [UInt8], _ column: SealedColumn, row: Int64, with key: SymmetricKey) throws(StoreError)
        -> [UInt8]
    {
        do {
            guard let version = sealed.first else { throw CryptoKitError.incorrectParameterSize }
            let box = try AES.GCM.SealedBox(combined: sealed.dropFirst())
            return [UInt8](try AES.GCM.open(box, using: key, authenticating: associatedData(column, row, version)))
        } catch {
            throw StoreError(
                .unsealable, "a sealed value of \(column.rawValue.replacing("|", with: ".")) does not open")
        }
    }

    private func associatedData(_ column: SealedColumn, _ row: Int64, _ version: UInt8) -> [UInt8] {
        var data = prefixes[column] ?? []
        withUnsafeBytes(of: row.bigEndian) { data.append(contentsOf: $0) }
        data.append(version)
        return data
    }
}
