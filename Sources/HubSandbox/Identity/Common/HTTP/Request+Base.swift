import HTTPTypes
import Hummingbird

extension Request {
    /// Where the sandbox was reached, e.g. `http://127.0.0.1:8090`: what it tells of itself begins with that.
    var base: String { "http://" + (head.authority ?? "127.0.0.1:8090") }

    /// The token of an `Authorization: Bearer` header.
    var bearer: String? {
        guard let header = headers[.authorization], header.lowercased().hasPrefix("bearer ") else { return nil }
        return header.dropFirst(7).trimmingPrefix { $0 == " " }.description
    }
}
