import AsyncHTTPClient
import Logging
import NIOCore
import NIOHTTP1

/// Carries webhooks to their receivers: signs, posts, collects into batches, and tries again until a receiver answers 200.
actor WebhookCourier {
    typealias Outcome = WebhookPost.Outcome

    /// Webhooks that may wait for a retry at once; more are dropped, as an endless queue would end the sandbox.
    static let waitingLimit = 10_000

    private struct Batch {
        let id: Int
        var updates: [WebhookUpdate]
        let task: Task<Outcome, Never>
    }

    private let client: HTTPClient
    private let configuration: SandboxConfiguration
    private let background: BackgroundWork
    private let logger: Logger
    private let clock: SandboxClock
    nonisolated let routing = WebhookRouting()
    nonisolated let history = MessageHistory()
    nonisolated let contactBook = ContactBook()
    /// The batch that still takes updates, by receiver.
    private var batches: [String: Batch] = [:]
    /// Full batches that wait for their time, by number.
    private var closed: [Int: Batch] = [:]
    private var batchCount = 0
    private var log = BoundedLog<WebhookPost>(limit: 200)
    private var waiting = 0
    /// Counts resets: work begun before one must not post after it.
    private var generation = 0

    init(
        client: HTTPClient, configuration: SandboxConfiguration, background: BackgroundWork, logger: Logger,
        clock: SandboxClock
    ) {
        self.client = client
        self.configuration = configuration
        self.background = background
        self.logger = logger
        self.clock = clock
    }

    /// The newest posts, oldest first.
    var posts: [WebhookPost] { log.elements }

    /// Forgets what was posted and gives up what waits.
    func reset() {
        generation += 1
        log.removeAll()
        routing.reset()
        history.reset()
        contactBook.reset()
        for batch in Array(batches.values) + Array(closed.values) { batch.task.cancel() }
        batches = [:]
        closed = [:]
    }

    /// Delivers one update and returns what came of the first post; retries go on by themselves.
    func deliver(_ update: WebhookUpdate, faults: DeliveryFaults) async -> Outcome {
        guard let url = routing.url(field: update.field, number: update.number) else { return .notSubscribed }
        let update = faults.payload.distort(contactBook.hiding(update))
        guard faults.batchWindow > .zero else { return await dispatch([update], to: url, faults: faults) }
        return await join(update, url: url, faults: faults).value
    }

    /// Delivers updates together: one post per receiver, however many there are.
    /// - Returns: the outcome of each post.
    func deliver(_ updates: [WebhookUpdate], faults: DeliveryFaults) async -> [Outcome] {
        var order: [String] = []
        var groups: [String: [WebhookUpdate]] = [:]
        for update in updates {
            guard let url = routing.url(field: update.field, number: update.number) else { continue }
            if groups[url] == nil { order.append(url) }
            groups[url, default: []].append(faults.payload.distort(contactBook.hiding(update)))
        }
        var outcomes: [Outcome] = []
        for url in order { outcomes.append(await dispatch(groups[url, default: []], to: url, faults: faults)) }
        return outcomes.isEmpty ? [.notSubscribed] : outcomes
    }

    /// Posts exactly these bytes once.
    /// - Parameter signature: the header's value; nil leaves the header out.
    func post(_ body: [UInt8], to url: String, signature: String?, retry: Int = 0) async -> Outcome {
        let outcome = await send(body, to: url, signature: signature)
        log.append(
            WebhookPost(time: clock.seconds, url: url, retry: retry, outcome: outcome, body: body))
        return outcome
    }

    private func join(_ update: WebhookUpdate, url: String, faults: DeliveryFaults) -> Task<Outcome, Never> {
        if let batch = batches[url], batch.updates.count < WebhookEnvelope.maximumUpdates {
            batches[url]?.updates.append(update)
            return batch.task
        }
        batchCount += 1
        let id = batchCount
        // A full batch waits out its time beside the one that follows it.
        if let full = batches[url] { closed[full.id] = full }
        let task = Task { () -> Outcome in
            try? await Task.sleep(for: faults.batchWindow)
            let batch = self.close(id, url: url)
            guard let batch, !Task.isCancelled else { return .dropped }
            return await self.dispatch(batch.updates, to: url, faults: faults)
        }
        batches[url] = Batch(id: id, updates: [update], task: task)
        return task
    }

    private func close(_ id: Int, url: String) -> Batch? {
        if batches[url]?.id == id { return batches.removeValue(forKey: url) }
        return closed.removeValue(forKey: id)
    }

    private func dispatch(_ updates: [WebhookUpdate], to url: String, faults: DeliveryFaults) async -> Outcome {
        let body = faults.payload.body(updates)
        let signature = faults.signature.header(of: body, secret: configuration.appSecret)
        let generation = generation
        history.record(updates, url: url, state: .pending)
        let outcome = await post(body, to: url, signature: signature)
        for _ in 1..<max(1, faults.copies) {
            _ = await post(body, to: url, signature: signature)
        }
        guard generation == self.generation else { return outcome }
        if outcome.isAcknowledged {
            history.record(updates, url: url, state: .delivered)
            for update in updates { await update.acknowledged?() }
            if let pause = faults.lateRetry {
                background.start {
                    await self.repeatOnce(
                        body, to: url, signature: signature, after: pause, generation: generation)
                }
            }
            return outcome
        }
        guard waiting < Self.waitingLimit else {
            logger.warning("webhook dropped: too many wait", metadata: ["url": "\(url)"])
            history.record(updates, url: url, state: .failed, error: outcome.reason)
            return .dropped
        }
        history.record(updates, url: url, state: .retrying, error: outcome.reason)
        waiting += 1
        let started = background.start {
            await self.retry(body, updates: updates, to: url, signature: signature, generation: generation)
            await self.stopWaiting()
        }
        if !started { waiting -= 1 }
        return outcome
    }

    private func stopWaiting() { waiting -= 1 }

    private func repeatOnce(
        _ body: [UInt8], to url: String, signature: String?, after pause: Duration, generation: Int
    ) async {
        guard (try? await clock.sleep(for: pause)) != nil, generation == self.generation else { return }
        _ = await post(body, to: url, signature: signature, retry: 1)
    }

    private func retry(
        _ body: [UInt8], updates: [WebhookUpdate], to url: String, signature: String?, generation: Int
    ) async {
        var retry = 1
        while let pause = configuration.retries.pause(beforeRetry: retry) {
            guard (try? await clock.sleep(for: pause)) != nil, generation == self.generation else { return }
            if await post(body, to: url, signature: signature, retry: retry).isAcknowledged {
                history.record(updates, url: url, state: .delivered)
                for update in updates { await update.acknowledged?() }
                return
            }
            retry += 1
        }
        history.record(updates, url: url, state: .failed, error: "given up after \(retry - 1) retries")
        logger.warning("webhook given up", metadata: ["url": "\(url)", "retries": "\(retry - 1)"])
    }

    private func send(_ body: [UInt8], to url: String, signature: String?) async -> Outcome {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers = ["content-type": "application/json", "user-agent": "facebookexternalua", "accept": "*/*"]
        if let signature { request.headers.add(name: "x-hub-signature-256", value: signature) }
        request.body = .bytes(ByteBuffer(bytes: body))
        do {
            let response = try await client.execute(request, timeout: TimeAmount(configuration.webhookTimeout))
            // The body is read so that the connection can be used again; nobody looks at it.
            _ = try? await response.body.collect(upTo: 64 * 1024)
            return .answered(Int(response.status.code))
        } catch {
            return .unreachable(Self.reason(error))
        }
    }

    /// Asks the number's webhook to prove that it knows the app's verify token.
    func handshake(_ number: SandboxConfiguration.Number) async -> WebhookHandshake {
        let url = routing.url(field: "messages", number: number) ?? number.webhookURL
        return await handshake(url, verifyToken: configuration.verifyToken)
    }

    /// Asks a receiver to prove that it knows a verify token.
    nonisolated func handshake(_ callback: String, verifyToken: String) async -> WebhookHandshake {
        var handshake = WebhookHandshake(callback: callback, verifyToken: verifyToken)
        do {
            let response = try await client.execute(
                HTTPClientRequest(url: handshake.url), timeout: TimeAmount(configuration.webhookTimeout))
            let answer = try await response.body.collect(upTo: 16 * 1024)
            handshake.read(status: Int(response.status.code), body: String(buffer: answer))
        } catch {
            handshake.error = Self.reason(error)
        }
        return handshake
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? HTTPClientError else { return "cannot connect" }
        switch error {
        case .connectTimeout, .readTimeout, .deadlineExceeded: return "no answer in time"
        case .remoteConnectionClosed: return "the connection was closed without an answer"
        default: return error.shortDescription
        }
    }
}
