import HTTPTypes
import Hummingbird

/// What every answer carries to keep browsers and caches from mischief.
enum SafetyHeaders {
    /// For answers that are no pages: nothing in them is ever loaded, run, framed or sent.
    static let defaultPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    /// A year, of this host alone: others below its domain are not the hub's to bind.
    static let strictTransport = "max-age=31536000"

    private static let fields: [HTTPField] = {
        let fields = [
            ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff"),
            ("Content-Security-Policy", defaultPolicy), ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
            (
                "Permissions-Policy",
                "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), web-share=()"
            ),
        ]
        return fields.compactMap { name, value in HTTPField.Name(name).map { HTTPField(name: $0, value: value) } }
    }()

    /// Adds what the answer does not say otherwise itself.
    /// - Parameter isSecure: whether browsers reach the hub by https.
    static func add(to response: inout Response, isSecure: Bool) {
        for field in fields where response.headers[field.name] == nil { response.headers[field.name] = field.value }
        if isSecure { response.headers[.strictTransportSecurity] = strictTransport }
    }
}
