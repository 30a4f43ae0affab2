import AdapterKit

/// Checks what a provider client declares of itself.
struct DeclarationConformance {
    private let manifest: AdapterManifest
    private let kind: AdapterManifest.Kind

    init(_ manifest: AdapterManifest, kind: AdapterManifest.Kind) {
        self.manifest = manifest
        self.kind = kind
    }

    func check(into report: inout ConformanceReport) {
        let isClient = kind == .identity || manifest.capabilities.contains(.connection)
        report.expect(
            (manifest.identity != nil) == isClient, .identityDeclaration,
            isClient ? "a provider client declares nothing" : "what asks no provider declares itself for one")
        guard let declaration = manifest.identity, isClient else { return }
        checkExceptions(declaration.exceptions, &report)
        checkParameters(declaration.parameters, &report)
        checkTopics(declaration.eventTopics, &report)
        guard kind == .identity else {
            return report.expect(declaration.button == nil, .identityDeclaration, "a system has a sign-in button")
        }
        guard let button = declaration.button else {
            return report.add(.identityDeclaration, "there is no sign-in button")
        }
        check(button, &report)
    }

    private func checkExceptions(_ exceptions: [ProviderException], _ report: inout ConformanceReport) {
        for exception in exceptions {
            let rule = exception.rule.rawValue
            report.expect(exception.reason.count >= 20, .identityDeclaration, "the exception \(rule) says too little")
            report.expect(
                exceptions.count { $0.rule == exception.rule } == 1, .identityDeclaration,
                "the exception \(rule) is declared twice")
        }
    }

    private func checkParameters(_ parameters: [StartParameter], _ report: inout ConformanceReport) {
        for parameter in parameters {
            let name = parameter.name
            report.expect(
                Words.isName(name, separator: "_"), .identityDeclaration, "'\(name)' is no snake_case word")
            report.expect(
                parameters.count { $0.name == name } == 1, .identityDeclaration, "'\(name)' is declared twice")
            report.expect(
                !parameter.label.isEmpty && !parameter.placeholder.isEmpty, .identityDeclaration,
                "'\(name)' has no label or no example")
            report.expect(
                (1...2048).contains(parameter.maximumLength), .identityDeclaration, "'\(name)' has no length")
        }
    }

    private func checkTopics(_ topics: [EventTopic], _ report: inout ConformanceReport) {
        report.expect(
            topics.isEmpty != manifest.capabilities.contains(.events), .identityDeclaration,
            topics.isEmpty ? "events have no topics" : "there are topics and no events")
        for topic in topics {
            let name = topic.name
            report.expect(
                Words.isName(name, separator: "-"), .identityDeclaration, "'\(name)' can be no end of an address")
            report.expect(topics.count { $0.name == name } == 1, .identityDeclaration, "'\(name)' is declared twice")
            report.expect(
                topic.summary.count >= 20, .identityDeclaration, "'\(name)' does not say what to register it as")
            report.expect(
                (200..<300).contains(topic.status), .identityDeclaration, "'\(name)' is answered by no success")
        }
    }

    private func check(_ button: SignInButton, _ report: inout ConformanceReport) {
        report.expect(!button.text.isEmpty, .identityDeclaration, "the button says nothing")
        for colour in [button.background, button.foreground, button.border] {
            let isColour = colour.wholeMatch(of: /#[0-9a-fA-F]{6}/) != nil
            report.expect(isColour, .identityDeclaration, "'\(colour)' is no colour as #rrggbb")
        }
        if let url = button.privacyURL {
            report.expect(
                url.hasPrefix("https://"), .identityDeclaration, "the button's privacy link is not https")
        }
        // It stands inside our own pages.
        let mark = button.mark?.lowercased() ?? "<path"
        let isDrawing =
            mark.hasPrefix("<") && mark.utf8.count <= 4096
            && !["<script", "<style", "<image", "<foreign", "href", "url(", " on", "&"].contains { mark.contains($0) }
        report.expect(isDrawing, .identityDeclaration, "the button's mark is more than shapes")
    }
}
