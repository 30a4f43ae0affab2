import AdapterKit

/// Fetches media that came with a message: first its address, which lapses after five minutes, then the bytes.
struct MediaDownload {
    /// What asking an address for its bytes came to.
    private enum Attempt {
        case done(mimeType: String?)
        /// The address is not good, or not any more: another one may be.
        case lapsed(ProviderFailure)
    }

    /// Where media is, and what it has to be.
    private struct Node {
        var address: WebAddress?
        var mimeType: String?
        var sha256: [UInt8]?
    }

    /// Meta needs none; a few are allowed in case that changes.
    private static let maximumRedirects = 3
    /// For up to 100 MB.
    private static let timeout = Duration.seconds(600)

    private let graph: GraphClient
    private let hosts: MetaHosts

    init(graph: GraphClient, hosts: MetaHosts) {
        self.graph = graph
        self.hosts = hosts
    }

    func fetch(_ media: MediaReference, into sink: any ByteSink) async throws(ProviderFailure) -> FetchedMedia {
        let sink = WatchedSink(sink)
        var lapsed = 0
        // An address of a host that is not known as Meta's would be asked without the token, in vain.
        if let given = media.url.flatMap({ WebAddress($0) }), hosts.contain(given) {
            switch try await bytes(at: given, into: sink) {
            case .done(let type): return FetchedMedia(mimeType: media.mimeType ?? type)
            case .lapsed: lapsed += 1
            }
        }
        while true {
            let node = try await node(media.providerID)
            switch try await bytes(of: node, into: sink) {
            case .done(let type):
                return FetchedMedia(mimeType: node.mimeType ?? media.mimeType ?? type, sha256: node.sha256)
            case .lapsed(let failure):
                lapsed += 1
                // Two addresses that do not work are no matter of five minutes.
                guard lapsed < 2 else { throw failure }
            }
        }
    }

    // {"url", "mime_type", "sha256", "file_size", "id"}
    private func node(_ id: String) async throws(ProviderFailure) -> Node {
        let answer: JSON
        do throws(ProviderFailure) {
            answer = try await graph.json(.get("\(id)", [("phone_number_id", graph.phoneNumberID)]))
        } catch {
            // Meta could not fetch it from the sender, and never will.
            throw error.reason.code == "131052" ? ProviderFailure(.notFound, error.reason) : error
        }
        return Node(
            address: answer["url"]?.string.flatMap { WebAddress($0) }, mimeType: answer["mime_type"]?.string,
            sha256: answer["sha256"]?.string.flatMap { SHA256Text($0)?.bytes })
    }

    private func bytes(of node: Node, into sink: WatchedSink) async throws(ProviderFailure) -> Attempt {
        guard let address = node.address else {
            throw ProviderFailure(
                .unavailable, FailureReason(code: "no_media_address", title: "WhatsApp named no address for the media"))
        }
        return try await bytes(at: address, into: sink)
    }

    private func bytes(at start: WebAddress, into sink: WatchedSink) async throws(ProviderFailure) -> Attempt {
        var address = start
        for _ in 0...Self.maximumRedirects {
            let isTrusted = hosts.contain(address) && address.hasSameOrigin(as: start)
            let answer = try await exchange(address, withToken: isTrusted, into: sink)
            switch answer.status {
            case 200..<300: return .done(mimeType: answer.headers["content-type"])
            case 301, 302, 303, 307, 308: address = try next(address, answer)
            case 408, 429, 500...:
                throw ProviderFailure(.unavailable, Self.reason(answer), retryAfter: answer.retryAfter)
            case 401 where !isTrusted, 403 where !isTrusted:
                throw ProviderFailure(
                    .misconfigured,
                    FailureReason(
                        code: "media_host",
                        title:
                            "The media is at a host that is not known as Meta's and asks for a token: see media_hosts"))
            default: return .lapsed(ProviderFailure(.unavailable, Self.reason(answer)))
            }
        }
        throw ProviderFailure(
            .unavailable,
            FailureReason(code: "too_many_redirects", title: "The media's address led from one to another"))
    }

    private func exchange(
        _ address: WebAddress, withToken: Bool, into sink: WatchedSink
    ) async throws(ProviderFailure) -> HTTPAnswer {
        var headers = HTTPFields()
        do throws(GraphUnreached) {
            if withToken { headers.append("authorization", "Bearer \(try await graph.token().reveal())") }
        } catch {
            throw error.failure
        }
        let call = HTTPCall(
            method: "GET", url: address.text, headers: headers, timeout: Self.timeout, maximumAnswerBytes: 16 << 10)
        do throws(HTTPFailure) {
            return try await graph.http.send(call, from: nil, into: sink)
        } catch {
            throw Self.failure(error, sink)
        }
    }

    private static func failure(_ failure: HTTPFailure, _ sink: WatchedSink) -> ProviderFailure {
        if sink.hasStopped {
            return ProviderFailure(
                .refused, FailureReason(code: "not_taken", title: "The hub took no more of the media"))
        }
        guard case .refused = failure else { return GraphUnreached.http(failure).failure }
        return ProviderFailure(
            .misconfigured, FailureReason(code: "address_refused", title: "The hub may not call the media's address"))
    }

    /// A redirect is only followed to where it is as private as it was.
    private func next(_ address: WebAddress, _ answer: HTTPAnswer) throws(ProviderFailure) -> WebAddress {
        guard let next = answer.headers["location"].flatMap(address.following),
            next.scheme == .https || address.scheme == .http
        else {
            throw ProviderFailure(
                .unavailable,
                FailureReason(code: "bad_redirect", title: "The media's address led to one that is not followed"))
        }
        return next
    }

    private static func reason(_ answer: HTTPAnswer) -> FailureReason {
        FailureReason(
            code: "media_http_\(answer.status)", title: "The media's address answered \(answer.status)")
    }
}
