/// What just happened, by a code in the query: never a text of the query itself.
enum Notice: String, CaseIterable {
    case cancelled
    case signedOut = "signed-out"
    case linked
    case unlinked
    case lastCredential = "last-credential"
    case sessionEnded = "session-ended"
    case sessionsEnded = "sessions-ended"
    case personSignedOut = "person-signed-out"
    case invited
    case invitationRevoked = "invitation-revoked"
    case roleChanged = "role-changed"
    case suspended
    case restored
    case removed
    case lastOwner = "last-owner"
    case keyIssued = "key-issued"
    case keyRevoked = "key-revoked"
    case connected
    case disconnected
    case testPassed = "test-passed"
    case testFailed = "test-failed"
    case nothingChosen = "nothing-chosen"

    var text: String {
        switch self {
        case .cancelled: "You cancelled at the provider. Nothing was changed."
        case .signedOut: "You are signed out."
        case .linked: "One more way to sign in was added."
        case .unlinked: "That way to sign in was removed."
        case .lastCredential: "This is your only way to sign in. Add another before you remove it."
        case .sessionEnded: "The session was ended."
        case .sessionsEnded: "All other sessions were ended."
        case .personSignedOut: "All sessions of this person were ended."
        case .invited: "The link is made. Pass it on: it is shown only now."
        case .invitationRevoked: "The invitation was withdrawn. Its link no longer works."
        case .roleChanged: "The role was changed."
        case .suspended: "The person can no longer sign in, and was signed out everywhere."
        case .restored: "The person can sign in again."
        case .removed: "The person was removed, with all sessions and ways to sign in."
        case .lastOwner: "This is the last owner. Make somebody else an owner first."
        case .keyIssued: "The key is made. Copy it: it is shown only now."
        case .keyRevoked: "The key was revoked. Nothing can be called with it any more."
        case .connected: "The service is connected."
        case .disconnected: "The service was disconnected, and its tokens were given back and deleted."
        case .testPassed: "The service answered."
        case .testFailed: "The service did not answer as it should."
        case .nothingChosen: "Nothing was changed: something was missing in the form."
        }
    }

    var isProblem: Bool {
        switch self {
        case .lastCredential, .lastOwner, .testFailed, .nothingChosen: true
        default: false
        }
    }
}
