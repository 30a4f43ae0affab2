import Crypto
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

/// What the sandbox's server-rendered pages have in common.
enum HTML {
    /// Text that means itself, between tags and inside quoted attributes.
    static func escaped(_ text: String) -> String {
        var output = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\"": output += "&quot;"
            case "'": output += "&#39;"
            default: output.unicodeScalars.append(character)
            }
        }
        return output
    }

    /// A whole page around a body that is HTML already.
    static func page(title: String, body: String, script: String? = nil) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(escaped(title))</title>
        <style>\(style)</style>
        </head>
        <body>
        <main>
        \(body)
        </main>
        \(script.map { "<script>\($0)</script>\n" } ?? "")</body>
        </html>

        """
    }

    /// Answers with a page that loads nothing and runs nothing but its own style and script.
    ///
    /// The policy has no `form-action`: Chrome applies it to where a form's answer redirects to, which is the client.
    static func response(_ page: String, status: HTTPResponse.Status = .ok, script: String? = nil) -> Response {
        var response = Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: page)))
        let scripts = script.map { "; script-src 'sha256-\(hash($0))'" } ?? ""
        response.protect(
            policy: "default-src 'none'; style-src 'sha256-\(hash(style))'\(scripts); base-uri 'none'; "
                + "frame-ancestors 'none'")
        // A page that posts to a client does so with its origin, as the providers' pages do.
        if let name = HTTPField.Name("referrer-policy") { response.headers[name] = "origin" }
        return response
    }

    private static func hash(_ text: String) -> String {
        Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
    }

    private static let style = """
        :root { color-scheme: light dark; --edge: #6b7280; --accent: #1d4ed8; --on-accent: #fff; }
        @media (prefers-color-scheme: dark) { :root { --edge: #9ca3af; --accent: #93c5fd; --on-accent: #0b1220; } }
        body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; }
        main { box-sizing: border-box; max-width: 30rem; margin: 0 auto; padding: 1.5rem 1rem; }
        h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .5rem; }
        fieldset { border: 1px solid var(--edge); border-radius: .5rem; margin: 1rem 0; padding: .5rem 1rem; }
        legend { padding: 0 .25rem; font-weight: 600; }
        label { display: flex; gap: .75rem; align-items: center; min-height: 2.75rem; }
        label span { overflow-wrap: anywhere; }
        small { display: block; }
        input { flex: none; width: 1.25rem; height: 1.25rem; accent-color: var(--accent); }
        button { font: inherit; min-height: 2.75rem; padding: .5rem 1.5rem; border-radius: .5rem; \
        border: 1px solid var(--edge); background: transparent; color: inherit; cursor: pointer; }
        button[value=allow], button.main { background: var(--accent); color: var(--on-accent); \
        border-color: var(--accent); }
        .buttons { display: flex; flex-wrap: wrap; gap: .75rem; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        """
}
