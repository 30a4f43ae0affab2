import AdapterKit

/// A text of the configuration, and whether it stands in the file itself. What came from elsewhere is never shown.
struct ResolvedText {
    let value: String
    let isLiteral: Bool

    /// For an error message.
    var shown: String { isLiteral ? ShownText.quoted(value) : "this" }

    /// What was probably meant; nothing for what must not be shown.
    func suggestion(among candidates: some Sequence<String>) -> String? {
        isLiteral ? Suggestion.nearest(to: value, among: candidates) : nil
    }
}

extension ConfigurationPlace {
    /// The value as a text, from the file or by reference; nil and a report when it is none.
    func text() -> ResolvedText? {
        guard let scalar = scalar() else { return nil }
        switch ConfigurationReference.parse(scalar.text) {
        case .reference(let reference): return resolve(reference).map { ResolvedText(value: $0, isLiteral: false) }
        case .fault(let message):
            report(message)
            return nil
        case .literal: break
        }
        switch scalar.meaning {
        case .text, .integer: break
        case .null:
            report("has no value")
            return nil
        case .boolean, .ambiguous:
            report("YAML does not read this as a text; write it in quotes")
            return nil
        }
        guard !scalar.text.isEmpty else {
            report("must not be empty")
            return nil
        }
        guard !scalar.text.utf8.contains(0) else {
            report("must not hold a NUL character")
            return nil
        }
        return ResolvedText(value: scalar.text, isLiteral: true)
    }

    /// The value as a secret, which is only taken by reference.
    func secret() -> Secret? {
        guard let scalar = scalar() else { return nil }
        switch ConfigurationReference.parse(scalar.text) {
        case .reference(let reference): return resolve(reference).map(Secret.init)
        case .fault(let message): report(message)
        case .literal where scalar.meaning == .null: report("has no value")
        case .literal: report("a secret must not stand in the file; write ${env:NAME} or ${file:PATH}")
        }
        return nil
    }

    /// The value as text that has one of YAML's own types, such as an integer: plain, or by reference.
    /// - Parameter expectation: The words for an error, such as "must be true or false".
    func plain(_ meaning: YAMLScalar.Meaning, _ expectation: String) -> ResolvedText? {
        guard case .scalar(let scalar) = node.content else {
            report(expectation)
            return nil
        }
        switch ConfigurationReference.parse(scalar.text) {
        case .reference: return text()
        case .fault(let message): report(message)
        case .literal where scalar.meaning == meaning: return ResolvedText(value: scalar.text, isLiteral: true)
        case .literal: report(scalar.isQuoted ? "\(expectation), without quotes" : expectation)
        }
        return nil
    }

    /// What `${env:...}` or `${file:...}` refers to; nil and a report when it is not there.
    func resolve(_ reference: ConfigurationReference) -> String? {
        switch reference {
        case .environment(let name):
            guard let value = context.environment[name] else {
                report("the environment variable \(name) is not set")
                return nil
            }
            guard !value.isEmpty else {
                report("the environment variable \(name) is empty")
                return nil
            }
            return value
        case .file(let path):
            do throws(BoundedFile.Failure) {
                var text = try BoundedFile.text(
                    atPath: file.resolve(path), maximumBytes: ConfigurationReference.maximumFileBytes)
                if text.last?.isNewline == true { text.removeLast() }
                guard !text.isEmpty else { throw BoundedFile.Failure(reason: "it is empty") }
                return text
            } catch {
                report("the file \(path) cannot be used: \(error.reason)")
                return nil
            }
        }
    }

    private func scalar() -> YAMLScalar? {
        if case .scalar(let scalar) = node.content { return scalar }
        report("must be a single text")
        return nil
    }
}
