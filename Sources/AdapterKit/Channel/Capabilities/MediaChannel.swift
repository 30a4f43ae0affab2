/// A channel that carries media apart from messages.
public protocol MediaChannel: ChannelAdapter {
    /// Fetches media that a message named, piece by piece. The host counts and hashes what comes and stops it at the
    /// limit; the adapter never holds it whole, and sends its credential to nobody but the provider.
    func fetch(_ media: MediaReference, into sink: any ByteSink) async throws(ProviderFailure) -> FetchedMedia

    /// Hands media over, so that messages can name it.
    func upload(_ media: MediaUpload, from source: any ByteSource) async throws(ProviderFailure) -> UploadedMedia
}

/// Where the media of a message is to be had.
public struct MediaReference: Sendable, Equatable, Codable {
    /// The provider's id.
    public var providerID: String
    /// An address that saves the way over the id while it is fresh.
    public var url: String?
    public var mimeType: String?
    /// 32 bytes, where the message says.
    public var sha256: [UInt8]?
    public var filename: String?
    /// After this the provider has it no more.
    public var expiresAt: Timestamp

    public init(
        providerID: String, url: String? = nil, mimeType: String? = nil, sha256: [UInt8]? = nil,
        filename: String? = nil, expiresAt: Timestamp
    ) {
        self.providerID = providerID
        self.url = url
        self.mimeType = mimeType
        self.sha256 = sha256
        self.filename = filename
        self.expiresAt = expiresAt
    }
}

/// What the provider says of media that was fetched.
public struct FetchedMedia: Sendable, Equatable, Codable {
    public var mimeType: String?
    /// What the bytes have to hash to, where it was only told now.
    public var sha256: [UInt8]?

    public init(mimeType: String? = nil, sha256: [UInt8]? = nil) {
        self.mimeType = mimeType
        self.sha256 = sha256
    }
}

/// Media on its way to the provider.
public struct MediaUpload: Sendable, Equatable, Codable {
    public var kind: MessageContent.Media.Kind
    public var mimeType: String
    public var filename: String?
    /// In bytes.
    public var size: Int

    public init(kind: MessageContent.Media.Kind, mimeType: String, filename: String?, size: Int) {
        self.kind = kind
        self.mimeType = mimeType
        self.filename = filename
        self.size = size
    }
}

/// Media that the provider took.
public struct UploadedMedia: Sendable, Equatable, Codable {
    public var providerID: String
    /// After this it has to be handed over again.
    public var expiresAt: Timestamp

    public init(providerID: String, expiresAt: Timestamp) {
        self.providerID = providerID
        self.expiresAt = expiresAt
    }
}

/// What a channel takes of one kind of media.
public struct MediaRule: Sendable, Codable, Equatable {
    public var kind: MessageContent.Media.Kind
    /// Without parameters; an empty list takes every type.
    public var mimeTypes: [String]
    public var maximumBytes: Int

    public init(_ kind: MessageContent.Media.Kind, _ mimeTypes: [String], maximumBytes: Int) {
        self.kind = kind
        self.mimeTypes = mimeTypes
        self.maximumBytes = maximumBytes
    }
}
