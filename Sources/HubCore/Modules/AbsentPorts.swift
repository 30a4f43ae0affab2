import AdapterKit

/// For adapters that nobody connects.
struct NoGrant: GrantPort {
    private var failure: ProviderFailure {
        ProviderFailure(
            .misconfigured, FailureReason(code: "not_connectable", title: "There is no grant to be had here"))
    }

    func access() async throws(ProviderFailure) -> GrantedAccess { throw failure }
    func renewed(insteadOf token: Secret) async throws(ProviderFailure) -> GrantedAccess { throw failure }
}

/// For adapters that see no conversation: there is none, and nothing can be added.
struct NoConversations: ConversationPort {
    /// There is nowhere to keep it.
    struct Unkept: Error {}

    func transcript(_ conversation: String, after message: String?, limit: Int) async throws -> [TranscriptLine] { [] }
    func media(_ id: String) async throws -> ConversationMedia? { nil }
    func contact(phone: String) async throws -> String? { nil }
    func attach(_ record: SystemRecord, to contact: String) async throws { throw Unkept() }
    func detach(record id: String) async throws { throw Unkept() }
    func report(_ type: ReportedEvent, id: String, contact: String?, data: JSON) async throws { throw Unkept() }
}

/// For adapters that are only tried out: nobody is called.
struct NoHTTP: HTTPPort {
    private var failure: HTTPFailure { .refused(reason: "nothing is called here") }

    func send(_ request: HTTPCall) async throws(HTTPFailure) -> HTTPAnswer { throw failure }

    func send(
        _ request: HTTPCall, from source: (any ByteSource)?, into sink: (any ByteSink)?
    ) async throws(HTTPFailure) -> HTTPAnswer { throw failure }
}
