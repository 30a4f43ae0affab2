import AdapterKit

extension IdentityConformance {
    /// What the host puts there itself (RFC 6749, RFC 7636, OpenID Connect Core 1.0).
    private static var reserved: Set<String> {
        [
            "client_id", "client_secret", "redirect_uri", "state", "nonce", "code_challenge", "code_challenge_method",
            "code_verifier", "response_type", "response_mode", "scope", "grant_type", "code", "refresh_token",
        ]
    }

    /// The provider as the sample's person would be sent to it.
    func checkProvider(_ report: inout ConformanceReport) -> IdentityProvider? {
        let host = TestHost()
        let parameters = sample.callback.startParameters
        guard let provider = try? client(on: host)?.provider(parameters) else {
            report.add(.startParameters, "good start parameters are refused")
            return nil
        }
        let later = TestHost(clock: FixedClock(FixedClock().now + .seconds(86_400)))
        let again = try? client(on: later)?.provider(parameters)
        report.expect(again == provider, .providerPure, "the provider is another one another time")
        report.expect(host.recordingHTTP.calls.isEmpty, .providerPure, "the provider costs a call")
        checkAddresses(of: provider, &report)
        let named = Set(provider.authorizationParameters.keys).union(provider.tokenParameters.keys)
        for name in named.intersection(Self.reserved).sorted() {
            report.add(.reservedParameters, "'\(name)' is the host's to put in")
        }
        var words = Confidential(secrets: [])
        for secret in secrets { words.add("a secret", secret) }
        for text in Self.texts(of: provider) { words.check(text, "the provider as data", "starting", &report) }
        confidential.check(host.recordingLog, &report, "starting")
        report.expect(
            !provider.issuer.isEmpty && !provider.clientID.isEmpty, .providerAddresses,
            "the provider has no issuer or no client id")
        return provider
    }

    private func checkAddresses(of provider: IdentityProvider, _ report: inout ConformanceReport) {
        for address in Self.addresses(of: provider) {
            let host = KnownHosts.host(address) ?? "an address without host"
            let authority = address.drop { $0 != "/" }.dropFirst(2).prefix { $0 != "/" && $0 != "?" }
            report.expect(known.contains(address), .providerAddresses, "asks at \(host)")
            report.expect(!known.isDowngraded(address), .providerAddresses, "asks \(host) without encryption")
            report.expect(
                !authority.contains("@") && !address.contains("#"), .providerAddresses,
                "asks at an address with a user or a fragment")
        }
    }

    private static func addresses(of provider: IdentityProvider) -> [String] {
        switch provider.endpoints {
        case .discovered(let issuer): [issuer]
        case .fixed(let addresses):
            [addresses.authorization, addresses.token]
                + [addresses.keys, addresses.userInfo, addresses.revocation].compactMap(\.self)
        }
    }

    private static func texts(of provider: IdentityProvider) -> [String] {
        addresses(of: provider) + [provider.issuer, provider.clientID, provider.callbackIssuer ?? ""]
            + provider.scopes + provider.authorizationParameters.values + provider.tokenParameters.values
            + (provider.idToken.map { $0.issuers + $0.audiences } ?? [])
    }

    /// Whether each way in which this provider differs is declared, and no other.
    func checkExceptions(of provider: IdentityProvider, _ report: inout ConformanceReport) {
        let declared = Set((Client.manifest.identity?.exceptions ?? []).map(\.rule))
        let rules = provider.idToken
        let keepsTokens = provider.keepsTokens || Client.self is any ConnectedSystem.Type
        let needed: [(ProviderException.Rule, Bool)] = [
            (.pkce, !provider.usesPKCE),
            (.idToken, rules == nil),
            // Without an ID token there is nothing that a nonce could come back in.
            (.nonce, rules == nil),
            (.queryResponse, provider.responseMode == .formPost),
            (.singleIssuer, rules.map { $0.issuers != [provider.issuer] } ?? false),
            (.storedSecret, Client.self is any ClientSecretMinting.Type),
            (.scopeSeparator, provider.scopeSeparator != " "),
        ]
        for (rule, isNeeded) in needed {
            report.expect(
                declared.contains(rule) == isNeeded, .providerExceptions,
                "the exception \(rule.rawValue) is \(isNeeded ? "not declared" : "declared for nothing")")
        }
        report.expect(
            !(keepsTokens && provider.refresh == nil) || declared.contains(.refresh), .providerExceptions,
            "tokens are kept and not refreshed, and the exception refresh is not declared")
        report.expect(
            provider.refresh?.rotates != false || !declared.contains(.refresh), .providerExceptions,
            "the exception refresh is declared for nothing")
        if case .discovered = provider.endpoints {
            report.expect(
                !declared.contains(.discovery), .providerExceptions, "the exception discovery is declared for nothing")
        }
        report.expect(
            !declared.contains(.emailVerification) || sample.identity.email?.isVerified != true, .providerExceptions,
            "the exception email_verification is declared, and an address counts as verified")
        if let rules {
            report.expect(
                !rules.algorithms.isEmpty && rules.audiences.contains(provider.clientID)
                    && rules.issuers.contains(provider.issuer), .providerExceptions,
                "no ID token could be for this client and of this issuer")
        }
    }

    /// What a person might give in place of the sample's.
    func checkStartParameters(_ report: inout ConformanceReport) {
        let good = sample.callback.startParameters
        for parameter in Client.manifest.identity?.parameters ?? [] {
            let value = good[parameter.name] ?? ""
            report.expect(
                !value.isEmpty && value.utf8.count <= parameter.maximumLength, .startParameters,
                "the kit was given no good '\(parameter.name)'")
            for (name, strange) in Self.strange(value, parameter) {
                var parameters = good
                parameters[parameter.name] = strange
                let host = TestHost()
                let taken = (try? client(on: host)?.provider(parameters)) != nil
                report.expect(!taken, .startParameters, "'\(parameter.name)' may be \(name)")
                report.expect(host.recordingHTTP.calls.isEmpty, .startParameters, "a start parameter makes a call")
            }
        }
    }

    private static func strange(_ value: String, _ parameter: StartParameter) -> [(String, String?)] {
        [
            ("missing", nil), ("empty", ""), ("a space", " "),
            ("longer than it says", value + String(repeating: "a", count: parameter.maximumLength)),
            ("followed by a line end", value + "\n"), ("followed by a NUL", value + "\u{0}"),
            ("before a line end and more", value + "\r\nHost: evil.example"),
            ("a user before a host", value + "@evil.example"), ("a port", value + ":8443"),
            ("below another host", value + ".evil.example"), ("a path of another host", "evil.example/" + value),
            ("a whole address", "https://" + value + "/admin"), ("a query", value + "?a=b"),
            ("a fragment", value + "#a"), ("encoded", "%2e%2e%2f" + value), ("a backslash", "evil.example\\" + value),
            ("an address of this machine", "127.0.0.1"), ("another host", "evil.example"),
            ("beginning with a dash", "-" + value), ("with a letter of another script", "\u{0430}" + value),
        ]
    }
}
