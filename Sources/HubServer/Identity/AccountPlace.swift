import HubCore

/// The pages of somebody who is signed in. What a role does not allow is not there for it.
enum AccountPlace: String, CaseIterable {
    case account = ""
    case people = "/people"
    case keys = "/keys"
    case services = "/services"
    case audit = "/audit"

    var title: String {
        switch self {
        case .account: "Your account"
        case .people: "People"
        case .keys: "API keys"
        case .services: "Connected services"
        case .audit: "Audit log"
        }
    }

    /// Nil for everyone who is signed in.
    var permission: Permission? {
        switch self {
        case .account: nil
        case .people: .managePeople
        case .keys: .manageKeys
        case .services: .manageServices
        case .audit: .readAudit
        }
    }

    var template: String { "/account/{tenant}\(rawValue)" }

    func path(tenant: String) -> String { "/account/\(tenant)\(rawValue)" }

    static func navigation(for visitor: Visitor, at current: String?) -> [PageFrame.Link] {
        allCases.filter { $0.permission.map { visitor.may($0) } ?? true }.map { place in
            let path = place.path(tenant: visitor.tenant.id)
            return PageFrame.Link(
                title: place.title, path: path,
                isCurrent: path == current || (place != .account && current?.hasPrefix(path + "/") == true))
        }
    }
}
