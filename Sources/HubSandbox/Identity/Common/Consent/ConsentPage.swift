import Hummingbird

/// The page on which a person answers a client's request: in the look of no brand, and without need of JavaScript.
///
/// Browser tests find `person` (radio buttons), `scope` (check boxes), the options by their names, and the buttons
/// `allow` and `deny` (`decision`).
struct ConsentPage: Sendable {
    /// A scope to be allowed.
    struct Scope: Sendable {
        let name: String
        /// What it means, in words.
        let title: String
        /// Whether the person may leave it out (granular consent); others are only told.
        var isOptional = true
    }

    /// A question with several answers, the first of which is chosen unless `chosen` says otherwise.
    struct Option: Sendable {
        let name: String
        let title: String
        let answers: [(value: String, title: String)]
        var chosen: String?
    }

    /// The provider as people call it.
    let provider: String
    let client: String
    /// Where the form is posted.
    let action: String
    /// Names the request that is answered.
    let requestID: String
    let people: [SandboxPerson]
    /// Whom to offer first: an id or an address (`login_hint`).
    var hint: String?
    var scopes: [Scope] = []
    var options: [Option] = []
    /// Sentences above the form.
    var notes: [String] = []

    var response: Response { HTML.response(html) }

    var html: String {
        HTML.page(
            title: "Sign in with \(provider)",
            body: """
                <h1>Sign in with \(HTML.escaped(provider))</h1>
                <p>\(HTML.escaped(client)) has sent you here. This is the sandbox: all people are made up.</p>
                \(notes.map { "<p>\(HTML.escaped($0))</p>\n" }.joined())\
                <form id="consent" method="post" action="\(HTML.escaped(action))">
                <input type="hidden" name="request" value="\(HTML.escaped(requestID))">
                <fieldset><legend>Who are you?</legend>
                \(people.map(radio).joined(separator: "\n"))
                </fieldset>
                \(scopeFields)\(options.map(field).joined())\
                <div class="buttons">
                <button id="allow" name="decision" value="allow">Allow</button>
                <button id="deny" name="decision" value="deny">Cancel</button>
                </div>
                </form>
                """)
    }

    private var chosen: String? {
        let hinted = people.first { $0.id == hint || ($0.email != nil && $0.email == hint) }
        return (hinted ?? people.first)?.id
    }

    private func radio(_ person: SandboxPerson) -> String {
        let id = HTML.escaped(person.id)
        let address = person.email ?? person.phone ?? "no address"
        return """
            <label for="person-\(id)"><input type="radio" name="person" id="person-\(id)" value="\(id)"\
            \(person.id == chosen ? " checked" : "") required>\
            <span>\(HTML.escaped(person.name)) <small>\(HTML.escaped(address))</small></span></label>
            """
    }

    private var scopeFields: String {
        guard !scopes.isEmpty else { return "" }
        let boxes = scopes.enumerated().map { index, scope in
            """
            <label for="scope-\(index)"><input type="checkbox" name="scope" id="scope-\(index)" \
            value="\(HTML.escaped(scope.name))" checked\(scope.isOptional ? "" : " disabled")>\
            <span>\(HTML.escaped(scope.title))</span></label>
            """
        }
        return """
            <fieldset><legend>What \(HTML.escaped(client)) may do</legend>
            \(boxes.joined(separator: "\n"))
            </fieldset>

            """
    }

    private func field(_ option: Option) -> String {
        let name = HTML.escaped(option.name)
        let answers = option.answers.enumerated().map { index, answer in
            """
            <label for="\(name)-\(HTML.escaped(answer.value))"><input type="radio" name="\(name)" \
            id="\(name)-\(HTML.escaped(answer.value))" value="\(HTML.escaped(answer.value))"\
            \(answer.value == option.chosen || (option.chosen == nil && index == 0) ? " checked" : "")>\
            <span>\(HTML.escaped(answer.title))</span></label>
            """
        }
        return """
            <fieldset><legend>\(HTML.escaped(option.title))</legend>
            \(answers.joined(separator: "\n"))
            </fieldset>

            """
    }
}

extension ConsentPage {
    /// A page that says why a request cannot be answered, shown where sending the person back would not be safe.
    static func refusal(provider: String, code: String, description: String, status: Int = 400) -> Response {
        HTML.response(
            HTML.page(
                title: "\(provider) cannot sign you in",
                body: """
                    <h1>\(HTML.escaped(provider)) cannot sign you in</h1>
                    <p id="error">Error \(status): <code>\(HTML.escaped(code))</code></p>
                    <p id="description">\(HTML.escaped(description))</p>
                    """), status: .init(code: status))
    }
}
