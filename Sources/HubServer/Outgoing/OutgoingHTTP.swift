public import AdapterKit
import AsyncHTTPClient
public import Logging
public import NIOCore
import Synchronization

/// The hub's way out to the network: every call of every adapter goes through here.
///
/// - **Where.** Only public https on ports 443 and 8443, and hosts that the operator named (`allow_private_hosts`), which
///   may be anything. A name is resolved here, all its addresses are checked, and the checked one is dialled: what a name
///   server says afterwards has no effect. Redirects are not followed, proxies of the environment not used.
/// - **How much.** The call's timeout covers names, connection, request and answer. An answer's body is cut at the call's
///   limit, its header at 64 KiB; a compressed body stays compressed. A body that comes from a source or goes into a sink
///   is never in memory whole, and waits for the slower side.
/// - **What a failure means.** ``HTTPFailure/notConnected(reason:)`` is given only where no byte of the request left. From
///   the first byte on it is ``HTTPFailure/unanswered(reason:)``, and no request is ever sent again from here.
///
/// HTTP/1.1 only, with connections kept: one exchange has one connection, so ending an exchange harms no other.
public final class OutgoingHTTP: HTTPPort {
    /// Limits that tests shorten.
    struct Limits: Sendable {
        /// How long a name's addresses are used before it is resolved again.
        var nameLifetime: TimeAmount = .seconds(30)
        /// For TCP and TLS to one address.
        var connect: TimeAmount = .seconds(5)
        /// How long a free connection is kept. Shorter than the 5 s after which common servers close one: a request that
        /// meets their closing is lost in doubt.
        var keepAlive: TimeAmount = .seconds(4)
        /// Destinations whose clients are kept. One that spoke TLS holds about 1 MB: the system's root certificates.
        var clients = 128
        /// How long a client without calls is kept once there is another to add.
        var clientLifetime: TimeAmount = .seconds(60)
        /// How many addresses of one name are tried when none connects.
        var addresses = 3
        /// Connections to one destination. Who calls bounds how many are used at once; this is only a stop.
        var connections = 1024
    }

    /// A call that may be made.
    private struct Prepared {
        var request: HTTPClient.Request
        var upload: OutgoingUpload?
        var sink: (any ByteSink)?
        var maximumBytes: Int
        var deadline: NIODeadline
    }

    private struct State {
        var guardian: AddressGuard
        var clients: ClientTable<HTTPClient>
        var closing: [UInt64: Task<Void, Never>] = [:]
        var nextClosing: UInt64 = 0
        var isShutDown = false
    }

    private let group: any EventLoopGroup
    private let resolver: any AddressResolver
    private let names: NameTable
    private let limits: Limits
    private let logger: Logger
    private let state: Mutex<State>

    /// - Parameters:
    ///   - allowPrivateHosts: Exact names or addresses, without port, that may be private.
    ///   - eventLoopGroup: Where connections run; shut down by its owner, after this.
    ///   - resolver: Shut down with this.
    ///   - logger: Gets no address, header or body.
    public convenience init(
        allowPrivateHosts: Set<String>, eventLoopGroup: any EventLoopGroup,
        resolver: any AddressResolver = SystemResolver(), logger: Logger
    ) {
        self.init(
            allowPrivateHosts: allowPrivateHosts, eventLoopGroup: eventLoopGroup, resolver: resolver, logger: logger,
            limits: Limits())
    }

    init(
        allowPrivateHosts: Set<String>, eventLoopGroup: any EventLoopGroup, resolver: any AddressResolver,
        logger: Logger, limits: Limits
    ) {
        group = eventLoopGroup
        self.resolver = resolver
        names = NameTable(resolver: resolver, group: eventLoopGroup, lifetime: limits.nameLifetime)
        self.limits = limits
        self.logger = logger
        state = Mutex(
            State(
                guardian: AddressGuard(allowPrivateHosts: allowPrivateHosts),
                clients: ClientTable(limit: limits.clients, idleLifetime: limits.clientLifetime)))
    }

    /// Replaces the hosts that may be private, for calls that begin from now on.
    public func allowPrivateHosts(_ hosts: Set<String>) {
        let guardian = AddressGuard(allowPrivateHosts: hosts)
        state.withLock { $0.guardian = guardian }
    }

    /// Ends all calls and closes all connections. Later calls are ``HTTPFailure/notConnected(reason:)``.
    ///
    /// Takes up to the connect timeout of 5 s where a connection is just being made.
    public func shutdown() async {
        let (clients, closing) = state.withLock { state in
            state.isShutDown = true
            return (state.clients.removeAll(), Array(state.closing.values))
        }
        await withTaskGroup(of: Void.self) { group in
            for client in clients { group.addTask { await self.close(client) } }
        }
        for task in closing { await task.value }
        resolver.shutdown()
    }

    public func send(_ request: HTTPCall) async throws(HTTPFailure) -> HTTPAnswer {
        try await send(request, from: nil, into: nil)
    }

    public func send(
        _ request: HTTPCall, from source: (any ByteSource)?, into sink: (any ByteSink)?
    ) async throws(HTTPFailure) -> HTTPAnswer {
        let timeout = min(max(request.timeout, .zero), .seconds(3600))
        let deadline = NIODeadline.now() + TimeAmount(timeout)
        do throws(HTTPFailure) {
            let destination = try OutgoingDestination(request.url)
            let addresses = try await checkedAddresses(of: destination, before: deadline)
            var upload: OutgoingUpload?
            if let source { upload = try await OutgoingUpload(source, before: deadline, on: group.any()) }
            defer { upload?.end() }
            let prepared = Prepared(
                request: try OutgoingRequest.make(request, to: destination, upload: upload), upload: upload, sink: sink,
                maximumBytes: request.maximumAnswerBytes, deadline: deadline)
            return try await send(prepared, to: destination.host, at: addresses)
        } catch {
            if case .refused(let reason) = error {
                logger.notice("Outgoing call refused", metadata: ["reason": "\(reason)"])
            }
            throw error
        }
    }

    /// The addresses that may be dialled for the destination, the one to try first in front.
    func checkedAddresses(
        of destination: OutgoingDestination, before deadline: NIODeadline
    ) async throws(HTTPFailure) -> [IPAddress] {
        try state.withLock { $0.guardian }.check(destination)
        let addresses =
            switch destination.host {
            case .address(let address): [address]
            case .name(let name): try await names.addresses(of: name, before: deadline)
            }
        // Asked anew, since a reload may have come in between.
        try state.withLock { $0.guardian }.check(addresses, of: destination)
        return addresses
    }

    /// Tries one address after the other, as long as no byte of the request left.
    private func send(
        _ prepared: Prepared, to host: OutgoingHost, at addresses: [IPAddress]
    ) async throws(HTTPFailure) -> HTTPAnswer {
        var failure = HTTPFailure.notConnected(reason: "the host's name has no address")
        for (index, address) in addresses.prefix(limits.addresses).enumerated() {
            if index > 0, Task.isCancelled || NIODeadline.now() >= prepared.deadline { break }
            do throws(HTTPFailure) {
                let answer = try await exchange(prepared, with: .init(host: host, address: address))
                if index > 0, case .name(let name) = host { names.prefer(address, of: name) }
                return answer
            } catch {
                guard case .notConnected = error else { throw error }
                failure = error
            }
        }
        throw failure
    }

    private func exchange(
        _ prepared: Prepared, with key: ClientTable<HTTPClient>.Key
    ) async throws(HTTPFailure) -> HTTPAnswer {
        let client = try lease(key)
        defer { state.withLock { $0.clients.giveBack(key, at: .now()) } }
        let exchange = OutgoingExchange(
            maximumBytes: prepared.maximumBytes, upload: prepared.upload, sink: prepared.sink)
        // Without a logger: the client would write URLs and headers into it.
        let task = client.execute(request: prepared.request, delegate: exchange, deadline: prepared.deadline)
        let timer = prepared.sink.map { _ in
            group.any().scheduleTask(deadline: prepared.deadline) {
                exchange.abandon(HTTPClientError.deadlineExceeded)
            }
        }
        defer { timer?.cancel() }
        do {
            return try await withTaskCancellationHandler {
                try await task.futureResult.get()
            } onCancel: {
                task.cancel()
                exchange.abandon(HTTPClientError.cancelled)
            }
        } catch {
            exchange.abandon(error)
            return try exchange.outcome(of: error)
        }
    }

    private func lease(_ key: ClientTable<HTTPClient>.Key) throws(HTTPFailure) -> HTTPClient {
        let client = state.withLock { state -> HTTPClient? in
            guard !state.isShutDown else { return nil }
            let (client, letGo) = state.clients.lease(key, at: .now()) { makeClient(key) }
            for client in letGo {
                let number = state.nextClosing
                state.nextClosing += 1
                state.closing[number] = Task {
                    await close(client)
                    self.state.withLock { $0.closing[number] = nil }
                }
            }
            return client
        }
        guard let client else { throw .notConnected(reason: "the hub is shutting down") }
        return client
    }

    private func makeClient(_ key: ClientTable<HTTPClient>.Key) -> HTTPClient {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: limits.connect), proxy: nil,
            decompression: .disabled)
        configuration.httpVersion = .http1Only
        configuration.connectionPool.idleTimeout = limits.keepAlive
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = limits.connections
        // A failure is told at once, with its reason; when to try again is the caller's to know.
        configuration.connectionPool.retryConnectionEstablishment = false
        if case .name(let name) = key.host { configuration.dnsOverride = [name: key.address.description] }
        // On one loop, so that what was sent when something failed is known exactly: see OutgoingExchange.
        return HTTPClient(eventLoopGroupProvider: .shared(group.next()), configuration: configuration)
    }

    private func close(_ client: HTTPClient) async {
        do {
            try await client.shutdown()
        } catch {
            logger.warning("An outgoing client did not shut down", metadata: ["error": "\(type(of: error))"])
        }
    }
}
