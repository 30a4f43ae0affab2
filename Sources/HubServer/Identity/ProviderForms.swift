import AdapterKit
import HubCore

/// One form for each way to sign in, with the provider's button.
struct ProviderForms {
    enum Purpose: String {
        case signIn = "sign_in"
        case link
    }

    /// Before the names of what a person gives at the start.
    static let parameterPrefix = "with."

    let desk: SignInDesk
    let purpose: Purpose
    let returnTo: String?
    /// A connection whose start was refused, and what was given for it.
    var wrong: (connection: String, parameters: [String: String])?

    var content: [PageContent] { desk.connections.map(form) }

    private func form(_ connection: ConnectionDescription) -> PageContent {
        let button = connection.button
        let isWrong = wrong?.connection == connection.name
        return [
            "connection": .text(connection.name),
            "action": .text("/auth/\(desk.tenantID)/\(connection.name)/start"), "purpose": .text(purpose.rawValue),
            "returnTo": .text(returnTo),
            "parameters": .list(
                Self.fields(
                    connection.parameters, of: connection.name, given: isWrong ? wrong?.parameters : nil)),
            "mark": .text(SVGMark.checked(button.mark)), "text": .text(button.text),
            "privacyURL": .text(button.privacyURL.flatMap { $0.hasPrefix("https://") ? $0 : nil }),
            "providerName": .text(button.providerName),
        ]
    }

    /// What is wrong, with the fields that it is in.
    var problems: [(field: String, text: String)] {
        guard let wrong, let connection = desk.connections.first(where: { $0.name == wrong.connection }) else {
            return []
        }
        return connection.parameters.map { parameter in
            (
                Self.id(parameter, of: connection.name),
                "\(parameter.label): it cannot be used here. Write one of this organisation's, as in \(parameter.placeholder)"
            )
        }
    }

    private static func id(_ parameter: StartParameter, of connection: String) -> String {
        "with-\(connection)-\(parameter.name)"
    }

    /// The labelled fields of what a person gives at the start.
    /// - Parameter given: What was given before and is wrong.
    static func fields(
        _ parameters: [StartParameter], of connection: String, given: [String: String]? = nil
    ) -> [PageContent] {
        parameters.map { parameter in
            [
                "id": .text(id(parameter, of: connection)), "name": .text(parameterPrefix + parameter.name),
                "label": .text(parameter.label), "placeholder": .text(parameter.placeholder),
                "maximumLength": .text(String(parameter.maximumLength)),
                "value": .text(given?[parameter.name] ?? ""), "isWrong": .flag(given != nil),
            ]
        }
    }
}

extension SignInButton {
    /// The provider's name as its button says it: what comes after "with".
    var providerName: String {
        text.firstRange(of: " with ").map { String(text[$0.upperBound...]) } ?? "the provider"
    }
}

extension SignInDesk {
    /// By the name of the connection.
    var providerNames: [String: String] {
        Dictionary(connections.map { ($0.name, $0.button.providerName) }) { first, _ in first }
    }
}

extension Page {
    /// A summary of what is wrong, which leads to the fields.
    mutating func show(problems: [(field: String, text: String)]) {
        content.set("hasProblems", .flag(!problems.isEmpty))
        content.set("problems", .list(problems.map { ["field": .text($0.field), "text": .text($0.text)] }))
    }
}
