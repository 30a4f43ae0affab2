public import AdapterKit

extension WhatsAppCloudAdapter: HealthProbe {
    /// Asks for the token, when the app's id is set, and for the number: its limits, quality, status and health.
    public func probe() async throws(ProviderFailure) -> ChannelProbe {
        let graph = try number()
        let token = try await tokenReport(graph)
        let now = graph.clock.now
        let tokenAlerts = token?.alerts(at: now, businessAccountID: graph.businessAccountID) ?? []
        var probe = ChannelProbe(
            limits: ChannelLimits(), alerts: tokenAlerts, credentialExpiresAt: token?.expiresAt,
            facts: .object(["token": token?.facts]))
        // A dead token would only make the next call fail for a reason that is known already.
        if token?.isValid == false { return probe }
        let number = try await graph.numberReport()
        probe.limits = number.limits
        probe.alerts += number.alerts(at: now)
        // Two entities may have the same error, which is one thing to know.
        var seen: Set<String> = []
        probe.alerts = probe.alerts.filter { seen.insert($0.code).inserted }
        probe.facts = .object(number.facts.members + probe.facts.members)
        return probe
    }

    /// What Meta says of the token; nil when it cannot be asked, which leaves the rest of the probe as it is.
    private func tokenReport(_ graph: GraphClient) async throws(ProviderFailure) -> TokenReport? {
        let token: Secret
        do throws(GraphUnreached) {
            token = try await graph.token()
        } catch {
            throw error.failure
        }
        return (try? await graph.report(on: token, as: app)) ?? nil
    }
}
