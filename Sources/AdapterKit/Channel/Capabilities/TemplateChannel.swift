/// A channel whose provider approves texts beforehand.
public protocol TemplateChannel: ChannelAdapter {
    /// One page of the account's templates; nil is the first.
    func templates(after cursor: String?) async throws(ProviderFailure) -> TemplatePage

    /// Hands a template in for review: an object of the provider's own form.
    func create(_ template: JSON) async throws(ProviderFailure) -> MessageTemplate

    /// Changes a template: an object of the provider's own form.
    func edit(_ template: MessageTemplate, _ changes: JSON) async throws(ProviderFailure)

    /// Deletes one language of a template.
    func delete(_ template: MessageTemplate) async throws(ProviderFailure)

    /// What is wrong with a send of the template: parameters that are missing, too many or of another form. Pure.
    /// Pointers start at the message, such as `/template/components/0/parameters`.
    func problems(of send: MessageContent.Template, using template: MessageTemplate) -> [RequestProblem]
}

/// A text that the provider approved, or did not.
public struct MessageTemplate: Sendable, Equatable, Codable {
    public enum Status: String, Sendable, Codable, CaseIterable {
        case approved, pending, rejected, paused, disabled, appealed, archived, locked, deleted
        /// One that is newer than the adapter.
        case unknown
    }

    public var providerID: String
    public var name: String
    /// Such as `en_US`.
    public var language: String
    public var status: Status
    /// Such as `MARKETING`, in the provider's words.
    public var category: String
    /// Such as `GREEN`, in the provider's words.
    public var quality: String?
    /// Why it was refused, paused or switched off.
    public var reason: String?
    /// Whether placeholders have names, not numbers.
    public var hasNamedParameters: Bool
    /// The template's parts, in the provider's form: a list of objects.
    public var components: [JSON]

    public init(
        providerID: String, name: String, language: String, status: Status, category: String, quality: String? = nil,
        reason: String? = nil, hasNamedParameters: Bool = false, components: [JSON] = []
    ) {
        self.providerID = providerID
        self.name = name
        self.language = language
        self.status = status
        self.category = category
        self.quality = quality
        self.reason = reason
        self.hasNamedParameters = hasNamedParameters
        self.components = components
    }

    /// Whether it advertises, and so is not sent to people who stopped that.
    public var isMarketing: Bool { category.uppercased().hasPrefix("MARKETING") }
}

/// A page of templates and where the next one starts.
public struct TemplatePage: Sendable, Equatable, Codable {
    public var templates: [MessageTemplate]
    public var next: String?

    public init(templates: [MessageTemplate], next: String?) {
        self.templates = templates
        self.next = next
    }
}
