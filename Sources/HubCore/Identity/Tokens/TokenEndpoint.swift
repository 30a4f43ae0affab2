import AdapterKit
import Foundation

/// Exchanges codes and refresh tokens at a provider's token endpoint.
///
/// A code is sent once: whatever becomes of the call, it is not sent again.
struct TokenEndpoint: Sendable {
    let http: any HTTPPort
    let clock: any ClockPort

    /// - Parameter secret: Nil for a public client.
    func exchange(
        code: String, verifier: Secret?, redirect: String, _ provider: IdentityProvider, at address: String,
        secret: Secret?
    ) async throws(SignInRefusal) -> TokenReply {
        var fields: [(name: String, value: String)] = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect),
        ]
        if let verifier { fields.append(("code_verifier", verifier.reveal())) }
        do throws(Failure) {
            return try await ask(fields, provider, address, secret, asked: provider.scopes)
        } catch {
            throw error.refusal
        }
    }

    /// - Parameter scopes: Those of the grant.
    func refresh(
        _ token: Secret, _ provider: IdentityProvider, at address: String, secret: Secret?, scopes: [String]
    ) async throws(Failure) -> TokenReply {
        try await ask(
            [("grant_type", "refresh_token"), ("refresh_token", token.reveal())], provider, address, secret,
            asked: scopes)
    }

    /// Why there are no tokens.
    enum Failure: Error {
        /// The provider said no, and will again.
        case refused(SignInRefusal)
        /// It was not asked, or asks to come back.
        case later(SignInRefusal)
        /// It may have taken what was sent.
        case unanswered(SignInRefusal)

        var refusal: SignInRefusal {
            switch self {
            case .refused(let refusal), .later(let refusal), .unanswered(let refusal): refusal
            }
        }
    }

    private func ask(
        _ fields: [(name: String, value: String)], _ provider: IdentityProvider, _ address: String, _ secret: Secret?,
        asked: [String]
    ) async throws(Failure) -> TokenReply {
        let call = Self.call(fields, provider, address, secret)
        let answer: HTTPAnswer
        do throws(HTTPFailure) {
            answer = try await http.send(call)
        } catch {
            switch error {
            case .refused: throw .refused(SignInRefusal(.misconfigured, "token address refused"))
            case .notConnected: throw .later(SignInRefusal(.providerUnavailable, "token endpoint"))
            case .unanswered: throw .unanswered(SignInRefusal(.providerUnavailable, "token endpoint"))
            }
        }
        let type = answer.headers["content-type"]?.lowercased() ?? ""
        let json = type.contains("json") && !answer.isTruncated ? try? JSON.parse(answer.body) : nil
        switch answer.status {
        case 200:
            guard let json else { throw .unanswered(SignInRefusal(.tokenReplyMalformed, "no JSON")) }
            do throws(SignInRefusal) {
                return try TokenReply(json, asked: asked, separator: provider.scopeSeparator, at: clock.now)
            } catch {
                throw .refused(error)
            }
        case 429: throw .later(SignInRefusal(.providerUnavailable, "429"))
        case 400..<500:
            throw .refused(SignInRefusal(.exchangeRefused, json.flatMap(Self.errorCode) ?? "\(answer.status)"))
        default: throw .unanswered(SignInRefusal(.providerUnavailable, "\(answer.status)"))
        }
    }

    /// The error as a code (RFC 6749, 5.2); nil for anything that is more than a code.
    static func errorCode(_ json: JSON) -> String? {
        guard let code = json["error"]?.string, (1...60).contains(code.utf8.count),
            code.utf8.allSatisfy({ $0 == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
        else { return nil }
        return code
    }

    static func call(
        _ fields: [(name: String, value: String)], _ provider: IdentityProvider, _ address: String, _ secret: Secret?
    ) -> HTTPCall {
        var fields = fields
        fields += provider.tokenParameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        var headers: HTTPFields = [("accept", "application/json")]
        let body: [UInt8]
        if provider.clientAuthentication == .basic, let secret {
            // RFC 6749, 2.3.1: both halves are form-encoded first.
            let pair = "\(FormText.escaped(provider.clientID)):\(FormText.escaped(secret.reveal()))"
            headers.append("authorization", "Basic \(Data(pair.utf8).base64EncodedString())")
        } else {
            fields.append(("client_id", provider.clientID))
            if provider.clientAuthentication != .none, let secret { fields.append(("client_secret", secret.reveal())) }
        }
        if provider.clientAuthentication == .json {
            headers.append("content-type", "application/json")
            body = JSON.object(fields.map { JSON.Member($0.name, .string($0.value)) }).encoded
        } else {
            headers.append("content-type", "application/x-www-form-urlencoded")
            body = Array(FormText.encode(fields).utf8)
        }
        return HTTPCall(url: address, headers: headers, body: body, timeout: .seconds(15))
    }
}
