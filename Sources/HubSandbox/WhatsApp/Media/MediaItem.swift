import Crypto
import FoundationEssentials

/// A file that a business uploaded or a customer sent.
struct MediaItem: Sendable {
    enum Direction: Sendable {
        /// Sent by a customer: its id lives 7 days.
        case inbound
        /// Uploaded by the business: its id lives 30 days.
        case uploaded

        /// Seconds that an id lives.
        var lifetime: Int { self == .inbound ? 7 * 86_400 : 30 * 86_400 }
    }

    /// How a hash is written: Meta's pages show both.
    enum HashForm: String, CaseIterable, Sendable {
        case hexadecimal = "hex"
        case base64
    }

    let id: String
    /// The number that it was uploaded to or sent to.
    let phoneNumberID: String
    /// As given; may carry parameters, e.g. `audio/ogg; codecs=opus`.
    let mimeType: String
    let filename: String?
    let bytes: [UInt8]
    let direction: Direction
    /// Unix seconds.
    let storedAt: Int
    private let digest: [UInt8]

    /// Hashes the bytes, which takes its time for long files: make items outside of actors.
    init(
        _ bytes: [UInt8], mimeType: String, filename: String? = nil, phoneNumberID: String, direction: Direction,
        storedAt: Int
    ) {
        id = String(UInt64.random(in: 1_000_000_000_000_000...1_999_999_999_999_999))
        self.phoneNumberID = phoneNumberID
        self.mimeType = mimeType
        self.filename = filename
        self.bytes = bytes
        self.direction = direction
        self.storedAt = storedAt
        digest = Array(SHA256.hash(data: bytes))
    }

    var kind: MediaKind? { MediaKind(mimeType: mimeType) }

    func isAlive(at now: Int) -> Bool { now < storedAt + direction.lifetime }

    func sha256(_ form: HashForm) -> String {
        switch form {
        case .hexadecimal: digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        case .base64: Data(digest).base64EncodedString()
        }
    }

    /// The members that every media message of a webhook has; the hash is base64 there.
    /// - Parameter address: a download address for `url`, which Meta adds since 2025; nil leaves it out.
    func webhookMembers(address: String? = nil) -> [JSON.Member] {
        let object: JSON = [
            "mime_type": JSON(mimeType), "sha256": JSON(sha256(.base64)), "id": JSON(id),
            "url": address.map { JSON($0) },
        ]
        return object.members ?? []
    }
}
