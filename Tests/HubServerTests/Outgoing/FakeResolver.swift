import HubServer
import Synchronization

/// Answers from a list, one answer per look-up, the last for ever.
final class FakeResolver: AddressResolver {
    struct NoSuchName: Error {}

    private let state: Mutex<(answers: [[String]], asked: Int)>

    init(_ answers: [String]...) { state = Mutex((answers, 0)) }

    /// How often a name was looked up.
    var asked: Int { state.withLock { $0.asked } }

    func addresses(of name: String) async throws -> [IPAddress] {
        let answer = state.withLock { state in
            state.asked += 1
            return state.answers.count > 1 ? state.answers.removeFirst() : state.answers.first ?? []
        }
        guard !answer.isEmpty else { throw NoSuchName() }
        return answer.compactMap(IPAddress.init)
    }
}

/// Never answers.
struct SilentResolver: AddressResolver {
    func addresses(of name: String) async throws -> [IPAddress] {
        try await Task.sleep(for: .seconds(3600))
        return []
    }
}
