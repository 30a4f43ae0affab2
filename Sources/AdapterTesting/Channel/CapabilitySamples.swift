public import AdapterKit

/// What the provider answers to the calls of an adapter's capabilities. One that is declared needs its sample: what the
/// kit cannot try is a finding.
public struct CapabilitySamples: Sendable {
    /// For ``MediaChannel``.
    public var media: MediaSample?
    /// For ``TemplateChannel``.
    public var templates: TemplateSample?
    /// For ``ReadMarks``: the answers to a mark that is taken.
    public var readMarks: [HTTPAnswer]?
    /// For ``Blocking``: the answers to a block, and to its end, that are taken.
    public var blocking: [HTTPAnswer]?
    /// For ``HealthProbe``: the answers of a channel that is well.
    public var probe: [HTTPAnswer]?
    /// For ``ChannelOperations``: the answers to an operation, by its name. One without gets an empty object.
    public var operations: [String: [HTTPAnswer]]

    /// Samples of the capabilities that the adapter has.
    public init(
        media: MediaSample? = nil, templates: TemplateSample? = nil, readMarks: [HTTPAnswer]? = nil,
        blocking: [HTTPAnswer]? = nil, probe: [HTTPAnswer]? = nil, operations: [String: [HTTPAnswer]] = [:]
    ) {
        self.media = media
        self.templates = templates
        self.readMarks = readMarks
        self.blocking = blocking
        self.probe = probe
        self.operations = operations
    }
}

/// Media that the provider has, and media that it takes.
public struct MediaSample: Sendable {
    /// As an inbound message names it.
    public var reference: MediaReference
    /// What is fetched.
    public var bytes: [UInt8]
    /// The answers before the one that has the bytes, such as one with their address.
    public var leading: [HTTPAnswer]
    /// What is handed over; its bytes are made up.
    public var upload: MediaUpload
    /// The answers to the upload; the last one has the id.
    public var uploading: [HTTPAnswer]
    /// The id in it.
    public var uploadedID: String

    /// A fetch and an upload.
    public init(
        reference: MediaReference, bytes: [UInt8], leading: [HTTPAnswer] = [], upload: MediaUpload,
        uploading: [HTTPAnswer], uploadedID: String
    ) {
        self.reference = reference
        self.bytes = bytes
        self.leading = leading
        self.upload = upload
        self.uploading = uploading
        self.uploadedID = uploadedID
    }
}

/// A registry of templates, and one of them with sends of it.
public struct TemplateSample: Sendable {
    /// The pages of the registry in order; the last one says that there is no more.
    public var pages: [HTTPAnswer]
    /// How many templates they have together.
    public var count: Int
    /// One that is approved.
    public var template: MessageTemplate
    /// A send of it that fits.
    public var send: MessageContent.Template
    /// Sends of it that do not.
    public var wrong: [MessageContent.Template]
    /// What is handed in to make one, in the provider's form.
    public var definition: JSON
    /// The answers to that.
    public var creating: [HTTPAnswer]

    /// A registry.
    public init(
        pages: [HTTPAnswer], count: Int, template: MessageTemplate, send: MessageContent.Template,
        wrong: [MessageContent.Template], definition: JSON, creating: [HTTPAnswer]
    ) {
        self.pages = pages
        self.count = count
        self.template = template
        self.send = send
        self.wrong = wrong
        self.definition = definition
        self.creating = creating
    }
}
