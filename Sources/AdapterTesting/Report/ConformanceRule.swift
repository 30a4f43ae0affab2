/// What an adapter has to keep. Each rule can be broken alone, and then is the one that the report names.
public enum ConformanceRule: String, Sendable, Codable, CaseIterable {
    // The manifest.
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
    /// The types that are sent are ones that there are, media rules are of those and have sizes, times are longer than nothing.
    case sendingDeclared
    /// The adapter can be made from settings that its schema accepts, also from those of a shared app alone.
    case creation

    // Receiving.
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
    /// Identities have the form of their kind: a phone number has its plus, an id is not empty.
    case identities
    /// Media to fetch belongs to content that is media, has an id, and is to be had for a while.
    case mediaReferences
    /// Every update is of a moment that a calendar can show.
    case times
    /// A batch's replay body gives that batch again.
    case replay
    /// A body that is signed well and cannot be read is kept with its problem, which does not quote it.
    case hostileKept
    /// The handshake answers the right token alone, and nothing that could be markup.
    case handshake

    // Sending.
    /// A send or a delivery has the outcome that its answer means.
    case outcome
    /// Nothing is accepted without the provider's id, and nothing is safe to send again that may have been taken.
    case neverTwice
    /// Every type that the manifest says is sent.
    case everyType
    /// What is right has no problems, the same content always has the same ones, and each points into the message.
    case contentRules

    // Capabilities.
    /// Media is passed on byte for byte, and no further than is wanted.
    case mediaBytes
    /// A credential goes to the provider's hosts alone, wherever an answer or a message points, and never over plain http.
    case credentialHosts
    /// Media is handed over whole, and its name can neither end a header nor a part.
    case uploadBody
    /// The registry is read to its end, and it has one.
    case templatePages
    /// A send that fits its template has no problems, one that does not has, and each points into the message.
    case templateRules
    /// A read mark, a block, a probe and an operation that the provider takes succeed.
    case accountCalls
    /// What is no success is a failure of the kind that the answer means.
    case failureKinds
    /// Operations have unique snake_case names and say what they do.
    case operations

    // Sign-in and systems that a person connects.
    /// A provider client declares itself: exceptions with their reasons, start parameters, topics, and a button for sign-in.
    case identityDeclaration
    /// What a provider is asked differently is declared as an exception, and the other way round.
    case providerExceptions
    /// A provider is asked at the hosts of the manifest and of the settings, and without encryption only where a setting says so.
    case providerAddresses
    /// What the host puts into an authorization or token request is not put there by the adapter.
    case reservedParameters
    /// The provider as data is the same each time, and costs no call.
    case providerPure
    /// A start parameter that no address may be made of is refused, and nobody is called.
    case startParameters
    /// Good evidence gives the identity.
    case signIn
    /// Evidence that is wrong for this provider is refused with its reason.
    case signInRefused
    /// A provider that does not answer, or not as it should, is a refusal.
    case identityFailures
    /// Whatever a provider says of a person, what is kept has a bounded subject, and a name that can be shown.
    case identityClean
    /// A minted secret is there, and is not one of the settings.
    case clientSecret
    /// A callback is proven whole: what was changed, added or left out is refused.
    case callbackProof
    /// Tokens are given back with a call, and a failure is told.
    case revocation
    /// A connected system can be tested, and says what is wrong.
    case connectionTest
    /// A provider's event that is signed well is taken, for what it is.
    case eventTaken
    /// An event without its proof, with another's, or with changed bytes is refused.
    case eventForged
    /// An event that is signed well and means nothing does no harm.
    case eventHostile
    /// The README has the settings of the code.
    case readme

    // All of it.
    /// No secret and no personal datum in a log line, an outcome's title or code, or a URL.
    case confidentiality
    /// Only the hosts of the manifest and of the settings are called.
    case knownHosts
    /// An event keeps its id and its bytes at every attempt, and one delivery is one call.
    case stableDelivery
}
