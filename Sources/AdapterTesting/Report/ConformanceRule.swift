/// What an adapter has to keep. Each rule can be broken alone, and then is the one that the report names.
public enum ConformanceRule: String, Sendable, Codable, CaseIterable {
    /// The name is lower-case letters, digits and dashes, the version is a semantic one, the summary says something.
    case manifestIdentity
    /// The kind is the one that the adapter's protocol says.
    case manifestKind
    /// Keys of settings are unique snake_case words with a summary.
    case settingsKeys
    /// What sounds like a secret is declared as one and has no default.
    case settingsSecrets
    /// A default is a value that its own setting would accept.
    case settingsDefaults
    /// A channel names required settings that hold its accounts.
    case accountSettings
    /// Hosts are bare lower-case names.
    case hosts
    /// The privacy declaration says what is touched, who gets it, and how it is kept, exported and erased.
    case privacy
    /// What is declared is implemented, and the other way round.
    case capabilities
    /// The adapter can be made from settings that its schema accepts, also from those of a shared app alone.
    case creation
    /// A webhook that is signed well is taken.
    case genuineTaken
    /// A webhook without a signature, or with two, is refused.
    case unsignedRefused
    /// A webhook whose bytes or signature were changed is refused.
    case forgedRefused
    /// The same webhook gives the same receipt, from any instance and at any time.
    case receiveStable
    /// Every item of a webhook is an update.
    case everyItem
    /// Every batch without a problem has an account, and every message a sender.
    case attribution
    /// A batch's replay body gives that batch again.
    case replay
    /// A body that is signed well and cannot be read is kept with its problem, which does not quote it.
    case hostileKept
    /// The handshake answers the right token alone, and nothing that could be markup.
    case handshake
    /// A send or a delivery has the outcome that its answer means.
    case outcome
    /// Nothing is accepted without the provider's id, and nothing is safe to send again that may have been taken.
    case neverTwice
    /// No secret and no personal datum in a log line, an outcome's title or code, or a URL.
    case confidentiality
    /// Only the hosts of the manifest and of the settings are called.
    case knownHosts
    /// An event keeps its id and its bytes at every attempt, and one delivery is one call.
    case stableDelivery
}
