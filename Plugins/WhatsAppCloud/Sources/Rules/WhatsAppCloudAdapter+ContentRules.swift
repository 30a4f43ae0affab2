public import AdapterKit

extension WhatsAppCloudAdapter: ContentRules {
    /// Checks a message against Meta's limits and forms, each problem with its place.
    public func problems(of content: MessageContent) -> [RequestProblem] { ContentCheck.problems(of: content) }
}
