import Crypto
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

/// The page at `/phone`: one document, no other file and no other host.
enum PhonePage {
    static var response: Response {
        var response = Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: document)))
        let extra = [
            "content-security-policy": policy, "x-content-type-options": "nosniff", "referrer-policy": "no-referrer",
        ]
        for (name, value) in extra {
            if let name = HTTPField.Name(name) { response.headers[name] = value }
        }
        return response
    }

    /// Runs this style and this script and nothing else.
    static let policy =
        "default-src 'none'; style-src '\(hash(of: style))'; script-src '\(hash(of: script))'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    static let document = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
        <title>Sandbox phone</title>
        <style>\(style)</style>
        </head>
        \(markup)
        <script type="module">\(script)</script>
        </html>
        """

    private static func hash(of text: String) -> String {
        "sha256-" + Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
    }

    private static let markup = """
        <body>
        <main class="phone">
          <header>
            <div class="avatar" id="avatar" aria-hidden="true"></div>
            <div class="who">
              <select id="business" aria-label="Business to write to"></select>
              <p id="presence">connecting…</p>
            </div>
            <button id="settings" type="button" aria-expanded="false" aria-controls="me" title="Who you are">You</button>
          </header>
          <form id="me" class="me" hidden>
            <label>Your name <input id="name" maxlength="60" autocomplete="off"></label>
            <label>Your number <input id="number" inputmode="tel" maxlength="20" autocomplete="off"></label>
            <button type="submit">Done</button>
          </form>
          <ol id="thread" aria-live="polite" aria-label="Messages"></ol>
          <form id="composer" class="composer">
            <textarea id="text" rows="1" placeholder="Message" aria-label="Message" maxlength="4096"></textarea>
            <button type="submit" aria-label="Send"><svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
              <path fill="currentColor" d="M3 20.5 21.5 12 3 3.5 3 10l12 2-12 2z"/></svg></button>
          </form>
        </main>
        </body>
        """
}
