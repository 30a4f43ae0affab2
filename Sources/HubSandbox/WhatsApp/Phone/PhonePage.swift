import HTTPTypes
import Hummingbird
import NIOCore

/// The page at `/phone` and its files: from this host only, with scripts and styles as files of their own.
enum PhonePage {
    static let policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' blob:; "
        + "media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    static var response: Response { response(PackageResources.index_html, type: "text/html; charset=utf-8") }

    /// A script or style of the page, or nil when there is none of that name.
    static func asset(_ name: String) -> Response? {
        guard let bytes = assets[name] else { return nil }
        let type =
            switch name.split(separator: ".").last {
            case "css": "text/css; charset=utf-8"
            case "svg": "image/svg+xml"
            default: "text/javascript; charset=utf-8"
            }
        return response(bytes, type: type)
    }

    /// The files by name; each is also named in the page or imported by a script.
    static let assets: [String: [UInt8]] = [
        "phone.css": PackageResources.phone_css,
        "message.css": PackageResources.message_css,
        "sheet.css": PackageResources.sheet_css,
        "app.js": PackageResources.app_js,
        "icon.svg": PackageResources.icon_svg,
        "answers.js": PackageResources.answers_js,
        "api.js": PackageResources.api_js,
        "attachments.js": PackageResources.attachments_js,
        "bubble.js": PackageResources.bubble_js,
        "card.js": PackageResources.card_js,
        "chats.js": PackageResources.chats_js,
        "composer.js": PackageResources.composer_js,
        "dom.js": PackageResources.dom_js,
        "menu.js": PackageResources.menu_js,
        "pretend.js": PackageResources.pretend_js,
        "problem.js": PackageResources.problem_js,
        "recorder.js": PackageResources.recorder_js,
        "sheet.js": PackageResources.sheet_js,
        "thread.js": PackageResources.thread_js,
    ]

    private static func response(_ bytes: [UInt8], type: String) -> Response {
        var response = Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        response.protect(policy: policy)
        return response
    }
}

extension Response {
    /// Adds the headers that keep a browser from making more of an answer than it is.
    mutating func protect(policy: String) {
        let extra = [
            "content-security-policy": policy, "x-content-type-options": "nosniff", "referrer-policy": "no-referrer",
            "cross-origin-resource-policy": "same-origin",
        ]
        for (name, value) in extra {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
    }
}
