import AdapterKit
import HTTPTypes

/// Why a sign-in was refused, for whoever wanted to sign in: what happened, and what to do. The exact reason is the audit's.
extension PageRefusal {
    /// - Parameter back: where whoever is signed in came from.
    init(_ refusal: SignInRefusal, tenant: String, back: (title: String, path: String)? = nil) {
        let words = Words(refusal.reason)
        self.init(
            status: words.status, title: words.title, explanation: words.explanation, advice: words.advice,
            link: back ?? ("Back to sign-in", "/auth/\(tenant)"))
    }

    private struct Words {
        /// RFC 4918, 11.4: what was asked for depends on somebody else, who failed.
        private static let failedDependency = HTTPResponse.Status(code: 424, reasonPhrase: "Failed Dependency")

        let status: HTTPResponse.Status
        let title: String
        let explanation: String
        let advice: String

        init(_ status: HTTPResponse.Status, _ title: String, _ explanation: String, _ advice: String) {
            self.status = status
            self.title = title
            self.explanation = explanation
            self.advice = advice
        }

        init(_ reason: SignInRefusal.Reason) {
            switch reason {
            case .cancelled:
                self.init(
                    .badRequest, "Cancelled", "You cancelled at the provider, so nothing was changed.",
                    "Start again whenever you like.")
            case .stateMissing, .stateUnknown, .stateReplayed, .transactionExpired:
                self.init(
                    .badRequest, "This sign-in has lapsed",
                    "The sign-in took too long, or was finished before. Each is good for one return, within ten minutes.",
                    "Start again from the sign-in page.")
            case .wrongBrowser, .wrongSession, .wrongConnection:
                self.init(
                    .badRequest, "This sign-in is not from here",
                    "The answer of the provider does not belong to a sign-in that this browser started.",
                    "Start again from the sign-in page, in this browser. If somebody sent you a link that led here, do not use it."
                )
            case .malformedCallback, .doubledParameter, .wrongMethod, .codeMissing, .callbackIssuerWrong,
                .proofMissing, .proofWrong, .proofStale:
                self.init(
                    .badRequest, "The provider's answer cannot be trusted",
                    "What came back is not as the provider sends it, so nothing was done.",
                    "Start again from the sign-in page.")
            case .notInvited:
                self.init(
                    .forbidden, "You are not one of the people here",
                    "The provider knows you, but nobody here has invited you with this account.",
                    "Use the account that you signed in with before, or ask an owner or admin for an invitation.")
            case .invitationLapsed:
                self.init(
                    .forbidden, "The invitation no longer works",
                    "It was used before, has lapsed, or was withdrawn.", "Ask for a new one.")
            case .identityTaken:
                self.init(
                    .conflict, "This account belongs to somebody else",
                    "Another person here signs in with this account of the provider.",
                    "Use another account of the provider. Two people here are never merged.")
            case .identityDisabled, .personSuspended:
                self.init(
                    .forbidden, "You cannot sign in now", "Your access is suspended.",
                    "Ask an owner or admin of your organisation.")
            case .forbidden:
                self.init(
                    .forbidden, "Not allowed", "Your role does not allow this, so nothing was changed.",
                    "Ask an owner or admin of your organisation.")
            case .hostedDomainWrong:
                self.init(
                    .forbidden, "Not an account of this organisation",
                    "Only accounts of the organisation's own domain can sign in here.",
                    "Choose your work account at the provider.")
            case .shopWrong:
                self.init(
                    .badRequest, "Not a shop that can be used here",
                    "The address of a shop ends with .myshopify.com, and only shops of this organisation can be used here.",
                    "Check what you wrote, and start again.")
            case .scopesMissing:
                self.init(
                    .forbidden, "Something was not allowed",
                    "You did not allow everything that is needed, so nothing was connected.",
                    "Start again, and allow all that the provider asks about.")
            case .providerRefused:
                self.init(
                    .badRequest, "The provider refused", "The provider did not let the sign-in go on.",
                    "Start again. If it happens again, the provider may say more in your account there.")
            case .providerUnavailable:
                self.init(
                    Self.failedDependency, "The provider does not answer",
                    "The provider cannot be reached right now, so nothing was done.", "Try again in a few minutes.")
            case .misconfigured:
                self.init(
                    Self.failedDependency, "Sign-in is not set up right",
                    "The provider does not accept how the hub introduces itself.",
                    "Tell whoever runs the hub, with the request id below.")
            case .exchangeRefused, .tokenReplyMalformed, .idTokenMissing, .idTokenMalformed, .algorithmRefused,
                .headerRefused, .keyUnknown, .signatureWrong, .issuerWrong, .audienceWrong, .authorizedPartyWrong,
                .subjectWrong, .expired, .notYetValid, .issuedAtWrong, .nonceWrong, .tokenHashWrong,
                .tokenOfOtherKind, .tokenOfOtherApp, .modeMismatch:
                self.init(
                    .forbidden, "The provider's answer cannot be trusted",
                    "What the provider said of you failed a check, so you were not signed in.",
                    "Start again. If it happens again, tell whoever runs the hub the request id below.")
            }
        }
    }
}
