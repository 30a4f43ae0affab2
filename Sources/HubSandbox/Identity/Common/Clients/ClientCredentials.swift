import FoundationEssentials
import HTTPTypes
import Hummingbird

/// How a client says who it is at a token endpoint: in the header (`client_secret_basic`) or the form.
struct ClientCredentials: Sendable {
    let id: String?
    let secret: String?
    /// Whether they stood in the header.
    let isBasic: Bool

    init(_ request: Request, form: FormFields) {
        guard let header = request.headers[.authorization], header.lowercased().hasPrefix("basic "),
            let data = Data(base64Encoded: String(header.dropFirst(6)))
        else {
            (id, secret, isBasic) = (form["client_id"], form["client_secret"], false)
            return
        }
        // RFC 6749, section 2.3.1: both halves are form-encoded before they are joined.
        let halves = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1)
        id = halves.first.map { Request.decoded($0) }
        secret = halves.count == 2 ? Request.decoded(halves[1]) : nil
        isBasic = true
    }
}
