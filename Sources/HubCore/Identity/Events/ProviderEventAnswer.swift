public import AdapterKit

/// What a provider gets for its event.
public struct ProviderEventAnswer: Sendable {
    public let status: Int
    /// For the providers that want to read something.
    public let json: JSON?
}

/// Why an event of a provider is not taken.
public enum ProviderEventRefusal: Error, Sendable {
    /// There is no such connection, or it knows no such topic.
    case unknown
    /// It does not prove that it comes from the provider.
    case proofWrong
    /// It is proven by nothing that can be read.
    case malformed
    /// It cannot be checked or kept now.
    case unavailable
}
