import AdapterKit

/// The one way from this adapter to Drive, with the token that the host keeps. The token goes to the servers of the settings
/// and to no other: an address that Drive names is one of theirs or is not called.
struct DriveClient: Sendable {
    /// Without a slash at its end.
    let driveURL: String
    let uploadURL: String
    let http: any HTTPPort
    let grant: any GrantPort

    /// Whether an upload session may be called with the token.
    func trusts(session: String) -> Bool {
        guard let origin = WebOrigin(session) else { return false }
        return origin == WebOrigin(uploadURL)
    }

    /// Makes a call and returns the answer as it is, whatever its status, but for a token that is refused: then it is
    /// renewed once.
    /// - Throws: ``DriveUnreached`` for a call without an answer.
    func exchange(_ request: DriveRequest) async throws(DriveUnreached) -> HTTPAnswer {
        do throws(ProviderFailure) {
            let access = try await grant.access()
            let answer = try await send(request, access.token)
            guard answer.status == 401 else { return answer }
            return try await send(request, try await grant.renewed(insteadOf: access.token).token)
        } catch {
            throw DriveUnreached(failure: error)
        }
    }

    /// Makes a call that has to succeed.
    /// - Returns: The body of an answer with a status of 200 to 299; null when it is empty.
    func json(_ request: DriveRequest) async throws(ProviderFailure) -> JSON {
        let answer: HTTPAnswer
        do throws(DriveUnreached) {
            answer = try await exchange(request)
        } catch {
            throw error.failure
        }
        guard (200..<300).contains(answer.status) else { throw DriveFailure.of(answer) }
        if answer.body.isEmpty { return .null }
        guard !answer.isTruncated, let json = try? JSON.parse(answer.body) else {
            throw ProviderFailure(
                .unavailable, FailureReason(code: "no_json", title: "Drive answered with something else than JSON"))
        }
        return json
    }

    private func send(_ request: DriveRequest, _ token: Secret) async throws(ProviderFailure) -> HTTPAnswer {
        let url =
            switch request.base {
            case .drive: "\(driveURL)/\(request.path)\(request.queryText)"
            case .upload: "\(uploadURL)/\(request.path)\(request.queryText)"
            case .session(let address): address
            }
        if case .session(let address) = request.base, !trusts(session: address) { throw DriveFailure.strangeSession }
        let call = HTTPCall(
            method: request.method, url: url,
            headers: HTTPFields(
                [("authorization", "Bearer \(token.reveal())"), ("accept", "application/json")] + request.headers),
            body: request.body, timeout: request.timeout, maximumAnswerBytes: request.maximumAnswerBytes)
        do throws(HTTPFailure) {
            return try await http.send(call)
        } catch {
            throw DriveFailure.of(error)
        }
    }
}

/// There is no answer: because nobody was asked, or because none came.
struct DriveUnreached: Error {
    let failure: ProviderFailure

    /// Whether the call may have been taken: an upload can be asked how far it got.
    var isOpen: Bool {
        failure.reason.code == DriveFailure.noAnswer || failure.reason.code == DriveFailure.noConnection
    }
}
