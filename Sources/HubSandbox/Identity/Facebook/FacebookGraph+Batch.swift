import HTTPTypes

/// `POST /` with `batch`: several calls in one, each answered for itself. What would be in their queries is in the body.
extension FacebookGraph {
    /// Facebook's limit.
    private static let batchLimit = 50

    func batch(_ call: FacebookCall) async throws -> JSON {
        guard call.credentials.token != nil else { throw GraphError.missingToken }
        guard let parts = call.batch else { throw GraphError.missing("batch") }
        guard parts.count <= Self.batchLimit else {
            throw GraphError(
                http: 400, code: 100,
                title: "Too many requests in batch message. Maximum batch size is \(Self.batchLimit)")
        }
        var answers: [JSON] = []
        for part in parts {
            let (code, json) = await answer(part: part, of: call)
            answers.append(["code": JSON(code), "body": JSON(String(decoding: json.bytes, as: UTF8.self))])
        }
        return .array(answers)
    }

    private func answer(part: JSON, of call: FacebookCall) async -> (code: Int, JSON) {
        do {
            guard let part = FacebookCall(part: part, of: call), !part.path.isEmpty else {
                throw GraphError.missing("method and relative_url of each call")
            }
            return (200, try await answer(part))
        } catch let error as GraphError {
            return (error.http, error.envelope(traceID: GraphError.makeTraceID()))
        } catch {
            return (500, GraphError.catalogued(1).envelope(traceID: GraphError.makeTraceID()))
        }
    }
}

extension FacebookCall {
    /// The calls of a batch; nil where there is none.
    var batch: [JSON]? { fields["batch"].flatMap { try? JSON.parse(Array($0.utf8)) }?.elements }

    /// The call of a batch of one.
    var onlyPart: FacebookCall? {
        guard method == .post, path.isEmpty, let batch, batch.count == 1 else { return nil }
        return FacebookCall(part: batch[0], of: self)
    }

    /// A call inside a batch: `{"method": "GET", "relative_url": "me?fields=id", "body": "…"}`. It may bring a token of its own.
    init?(part: JSON, of whole: FacebookCall) {
        guard let name = part["method"]?.text, let method = HTTPRequest.Method(name.uppercased()),
            let url = part["relative_url"]?.text
        else { return nil }
        let halves = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var parts = halves[0].split(separator: "/").map(String.init)
        if parts.first?.wholeMatch(of: /v[0-9]{1,3}\.0/) != nil { parts.removeFirst() }
        var fields = FormFields(halves.count == 2 ? String(halves[1]) : "")
        fields.fields += FormFields(part["body"]?.text ?? "").fields
        self.init(
            version: whole.version, path: parts, method: method, fields: fields,
            credentials: whole.credentials.replaced(token: fields["access_token"], proof: fields["appsecret_proof"]))
    }
}
