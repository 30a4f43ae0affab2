import AdapterKit
import HTTPTypes
import Hummingbird
import NIOCore

/// The page of the demo's business system and its files: from this host only, with scripts and styles as files of their own.
enum DemoPage {
    private static let policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' blob:; "
        + "media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    static var response: Response { response(PackageResources.index_html, type: "text/html; charset=utf-8") }

    /// A file of the page, or nil when there is none of that name.
    static func asset(_ name: String) -> Response? {
        guard let bytes = assets[name] else { return nil }
        let type =
            switch name.split(separator: ".").last {
            case "css": "text/css; charset=utf-8"
            case "svg": "image/svg+xml"
            case "json": "application/json"
            default: "text/javascript; charset=utf-8"
            }
        return response(bytes, type: type)
    }

    private static let assets: [String: [UInt8]] = [
        "app.js": PackageResources.app_js,
        "business.css": PackageResources.business_css,
        "dom.js": PackageResources.dom_js,
        "examples.json": PackageResources.examples_json,
        "feed.js": PackageResources.feed_js,
        "files.js": PackageResources.files_js,
        "hub.js": PackageResources.hub_js,
        "icon.svg": PackageResources.icon_svg,
        "panel.css": PackageResources.panel_css,
        "panel.js": PackageResources.panel_js,
        "people.js": PackageResources.people_js,
        "shown.js": PackageResources.shown_js,
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
    static func json(_ json: JSON, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.encoded)))
    }

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
