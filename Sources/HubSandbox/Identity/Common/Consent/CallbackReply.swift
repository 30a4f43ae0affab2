import HTTPTypes
import Hummingbird

/// The way back to a client: its redirect address with the answer's parameters.
struct CallbackReply: Sendable {
    enum Method: String, Sendable {
        /// A redirect with the parameters in the query.
        case query
        /// A page that posts the parameters by itself, or by its button where scripts are off.
        case formPost = "form_post"
        /// A redirect with the parameters in the fragment.
        case fragment
    }

    let redirectURI: String
    var parameters: FormFields
    var method = Method.query

    var response: Response {
        switch method {
        case .query: redirect("?")
        case .fragment: redirect("#")
        case .formPost: form
        }
    }

    private func redirect(_ separator: String) -> Response {
        let joint = separator == "?" && redirectURI.contains("?") ? "&" : separator
        return Response(
            status: .found,
            headers: [.location: redirectURI + joint + parameters.encoded, .cacheControl: "no-store"])
    }

    private static let script = "document.getElementById('callback').submit()"

    private var form: Response {
        let inputs = parameters.fields.map { field in
            """
            <input type="hidden" name="\(HTML.escaped(field.name))" value="\(HTML.escaped(field.value))">
            """
        }
        let body = """
            <h1>One moment</h1>
            <form id="callback" method="post" action="\(HTML.escaped(redirectURI))">
            \(inputs.joined(separator: "\n"))
            <div class="buttons"><button class="main" id="continue">Continue</button></div>
            </form>
            """
        return HTML.response(
            HTML.page(title: "One moment", body: body, script: Self.script), script: Self.script)
    }
}
