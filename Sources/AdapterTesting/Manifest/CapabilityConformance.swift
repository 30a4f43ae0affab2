import AdapterKit

/// Checks that what an adapter declares it can do is what its type can do.
struct CapabilityConformance {
    let adapter: any Adapter.Type

    func check(into report: inout ConformanceReport) {
        for capability in AdapterManifest.Capability.allCases {
            let isDeclared = adapter.manifest.capabilities.contains(capability)
            report.expect(
                isDeclared == isImplemented(capability), .capabilities,
                "\(capability.rawValue) is \(isDeclared ? "declared and not implemented" : "implemented and not declared")"
            )
        }
    }

    private func isImplemented(_ capability: AdapterManifest.Capability) -> Bool {
        switch capability {
        case .handshake: adapter is any WebhookHandshake.Type
        case .contentRules: adapter is any ContentRules.Type
        case .media: adapter is any MediaChannel.Type
        case .templates: adapter is any TemplateChannel.Type
        case .readMarks: adapter is any ReadMarks.Type
        case .blocking: adapter is any Blocking.Type
        case .healthProbe: adapter is any HealthProbe.Type
        case .operations: adapter is any ChannelOperations.Type
        case .connection: adapter is any ConnectedSystem.Type
        case .sessionTokens: adapter is any SessionTokenExchanging.Type
        case .clientSecret: adapter is any ClientSecretMinting.Type
        case .callbackProof: adapter is any CallbackProof.Type
        case .revocation: adapter is any GrantRevoking.Type
        case .events: adapter is any ProviderEvents.Type
        }
    }
}
