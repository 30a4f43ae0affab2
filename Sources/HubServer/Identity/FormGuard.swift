import AdapterKit
import HTTPTypes
import HubCore
import Hummingbird

/// Tells forms of our own pages from those that another site makes a browser send.
///
/// Two proofs, each enough by itself: the browser says where the form comes from, and the form repeats a random text from
/// a cookie that no other site can read.
enum FormGuard {
    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")

    /// - Throws: ``PageRefusal`` for a form of anybody else's.
    static func check(_ request: Request, _ fields: FormFields, _ cookies: HubCookies, origin: PublicOrigin) throws {
        guard isFromHere(request, origin), let kept = cookies[.form], let sent = fields["proof"],
            RandomText.isOne(kept.reveal()), ConstantTime.isEqual(kept.reveal(), sent)
        else { throw PageRefusal.foreignForm }
    }

    /// Whether the browser says that the form comes from a page of this origin.
    static func isFromHere(_ request: Request, _ origin: PublicOrigin) -> Bool {
        let origins = request.headers[values: .origin]
        let sites = fetchSite.map { request.headers[values: $0] } ?? []
        guard origins.count <= 1, sites.count <= 1 else { return false }
        // `null` is what browsers send from pages that, as ours, tell nobody where they are: it says nothing.
        if let named = origins.first, named != "null", named != origin.url { return false }
        if let site = sites.first { return site == "same-origin" }
        return origins.first == origin.url
    }
}
