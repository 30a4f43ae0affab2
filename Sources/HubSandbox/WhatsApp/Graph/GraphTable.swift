import HTTPTypes
import Synchronization

/// The paths that can be called inside a batch, with what answers them.
final class GraphTable: Sendable {
    /// Answers a call that names no object; its token may be the app's.
    typealias OpenHandler = @Sendable (GraphCredentials, [String: String]) async throws -> JSON

    enum Answer: Sendable {
        case object(GraphRouter.Handler)
        case open(OpenHandler)
    }

    private struct Route: Sendable {
        let method: HTTPRequest.Method
        /// `:id` stands for any one part.
        let path: [String]
        let answer: Answer
    }

    private let routes = Mutex<[Route]>([])

    func add(_ method: HTTPRequest.Method, _ path: String, _ answer: Answer) {
        let route = Route(method: method, path: path.split(separator: "/").map(String.init), answer: answer)
        routes.withLock { $0.append(route) }
    }

    /// What answers a path below the version, and the id in it.
    func find(_ method: HTTPRequest.Method, _ path: [String]) -> (answer: Answer, id: String)? {
        let matching = routes.withLock { routes in
            routes.filter { route in
                route.method == method && route.path.count == path.count
                    && zip(route.path, path).allSatisfy { $0 == ":id" || $0 == $1 }
            }
        }
        // A path without a place for an id is the closer match.
        guard let route = matching.first(where: { !$0.path.contains(":id") }) ?? matching.first else { return nil }
        return (route.answer, route.path.firstIndex(of: ":id").map { path[$0] } ?? "")
    }
}
