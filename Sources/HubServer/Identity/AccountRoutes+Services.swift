import AdapterKit
import HubCore
import Hummingbird

/// Business systems that people connect.
extension AccountRoutes {
    func addServices(to routes: inout RouteCollector) {
        get(AccountPlace.services.template, .manageServices, &routes) { try await servicesPage($0) }
        post("\(AccountPlace.services.template)/{service}/test", .manageServices, &routes) { person, _ in
            let service = try person.parameter("service")
            do {
                guard let found = try await person.visitor.test(service: service) else { throw PageRefusal.notFound }
                edge.shownOnce.keep(Secret(found), .test(service), for: person.place)
                return .seeOther(person.path(.services), .testPassed)
            } catch let failure as ProviderFailure {
                edge.shownOnce.keep(
                    Secret("\(failure.reason.title) (\(failure.reason.code))"), .failedTest(service), for: person.place)
                return .seeOther(person.path(.services), .testFailed)
            }
        }
        post("\(AccountPlace.services.template)/{service}/disconnect", .manageServices, &routes) { person, _ in
            guard try await person.visitor.disconnect(service: try person.parameter("service")) else {
                throw PageRefusal.notFound
            }
            return .seeOther(person.path(.services), .disconnected)
        }
    }

    private func servicesPage(_ person: Person) async throws -> Page {
        let services = try await person.visitor.services()
        return Page(
            template: "services", title: AccountPlace.services.title,
            content: ["services": .list(services.map { shown($0, person) })],
            notice: person.request.notice(try person.request.pageQuery()),
            formTargets: await person.visitor.formTargets())
    }

    private func shown(_ service: ServiceDescription, _ person: Person) -> PageContent {
        let passed = edge.shownOnce.take(.test(service.name), for: person.place)
        let failed = edge.shownOnce.take(.failedTest(service.name), for: person.place)
        var content: PageContent = [
            "name": .text(service.name), "summary": .text(service.summary),
            "parameters": .list(ProviderForms.fields(service.parameters, of: service.name)),
            "tested": .group(
                (failed ?? passed).map { ["text": .text($0.reveal()), "isProblem": .flag(failed != nil)] }),
            "isConnected": false, "isBroken": false,
            "account": false, "since": false, "reason": false,
        ]
        switch service.state {
        case .notConnected:
            content.set("state", "not connected")
            content.set("connectTitle", "Connect")
            content.set("isThere", false)
        case .connected(let account, let since):
            content.set("state", "connected")
            content.set("isConnected", true)
            content.set("isThere", true)
            content.set("connectTitle", "Connect again")
            content.set("account", .text(account))
            content.set("since", .group(since.shown))
        case .broken(let reason, let account):
            content.set("state", "broken")
            content.set("isBroken", true)
            content.set("isThere", true)
            content.set("connectTitle", "Connect again")
            content.set("account", .text(account))
            content.set("reason", .text("It does not work any more (\(reason)). Connect it again."))
            // A test would say the same.
            content.set("tested", false)
        }
        return content
    }
}
