import AdapterKit

extension NumberDesk {
    func numbers() async throws(ProviderFailure) -> JSON {
        let fields = ["id"] + NumberReport.coreFields
        return try await graph.json(
            .get("\(graph.businessAccountID)/phone_numbers", [(name: "fields", value: fields.joined(separator: ","))]))
    }

    /// What the probe finds, and Meta's own account of it.
    func health() async throws(ProviderFailure) -> JSON {
        let report = try await graph.numberReport()
        return .object(
            report.facts.members + [
                JSON.Member(
                    "alerts",
                    .array(
                        report.alerts(at: graph.clock.now).map { alert in
                            [
                                "code": .string(alert.code), "severity": .string(alert.severity.rawValue),
                                "title": .string(alert.title),
                            ]
                        })),
                JSON.Member("health_status", report.json["health_status"] ?? .null),
            ])
    }

    func limits() async throws(ProviderFailure) -> JSON {
        let limits = try await graph.numberReport().limits
        let people: JSON? = limits.newContactsPerDay.map { $0 == .max ? "unlimited" : .integer($0) }
        return .object([
            "messages_per_second": limits.messagesPerSecond.map { .integer($0) } ?? .null,
            "new_contacts_per_day": people ?? .null, "quality": limits.quality.map { .string($0) } ?? .null,
        ])
    }

    func register(_ parameters: AdapterSettings) async throws(ProviderFailure) -> JSON {
        try await graph.json(
            .post(
                "\(graph.phoneNumberID)/register",
                .object([
                    "messaging_product": "whatsapp", "pin": parameters.secret("pin").map { .string($0.reveal()) },
                    "data_localization_region": parameters.text("data_localization_region").map { .string($0) },
                ])))
    }

    func deregister() async throws(ProviderFailure) -> JSON {
        try await graph.json(.post("\(graph.phoneNumberID)/deregister", ["messaging_product": "whatsapp"]))
    }

    func requestCode(_ parameters: AdapterSettings) async throws(ProviderFailure) -> JSON {
        try await graph.json(
            .post(
                "\(graph.phoneNumberID)/request_code",
                [
                    "code_method": .string(parameters.text("code_method") ?? "SMS"),
                    "language": .string(parameters.text("language") ?? "en_US"),
                ]))
    }

    func verifyCode(_ parameters: AdapterSettings) async throws(ProviderFailure) -> JSON {
        try await graph.json(
            .post(
                "\(graph.phoneNumberID)/verify_code",
                .object(["code": parameters.secret("code").map { .string($0.reveal()) }])))
    }

    func setPIN(_ parameters: AdapterSettings) async throws(ProviderFailure) -> JSON {
        try await graph.json(
            .post(number, .object(["pin": parameters.secret("pin").map { .string($0.reveal()) }])))
    }
}
