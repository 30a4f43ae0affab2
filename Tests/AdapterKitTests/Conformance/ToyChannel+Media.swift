import AdapterKit
import AdapterTesting

extension ToyChannel: MediaChannel {
    func fetch(_ media: MediaReference, into sink: any ByteSink) async throws(ProviderFailure) -> FetchedMedia {
        guard let accessToken else { throw ProviderFailure(.misconfigured, reason("app")) }
        var url = baseURL + "/media/" + media.providerID
        if fault == .trustsAddresses, let given = media.url { url = given }
        for _ in 1...3 {
            let isOurs = url.hasPrefix(baseURL) || fault == .trustsRedirects || fault == .trustsAddresses
            let call = HTTPCall(
                method: "GET", url: url,
                headers: isOurs ? [("authorization", "Bearer \(accessToken.reveal())")] : [])
            let answer = try await fetch(call, into: sink)
            guard (300..<400).contains(answer.status), let next = answer.headers["location"] else {
                if let failure = failure(of: answer) { throw failure }
                return FetchedMedia()
            }
            url = next
        }
        throw ProviderFailure(.unavailable, reason("end"))
    }

    private func fetch(_ call: HTTPCall, into sink: any ByteSink) async throws(ProviderFailure) -> HTTPAnswer {
        guard [.dropsAByte, .overfillsSink, .passesRefusalOn].contains(fault) else {
            return try await exchange(call, into: sink)
        }
        let answer = try await exchange(call)
        let bytes = fault == .dropsAByte ? answer.body.dropFirst() : answer.body[...]
        do {
            if answer.status == 200 || fault == .passesRefusalOn { try await sink.write(Array(bytes)) }
        } catch {
            guard fault == .overfillsSink else { throw ProviderFailure(.refused, reason("room")) }
        }
        return answer
    }

    func upload(_ media: MediaUpload, from source: any ByteSource) async throws(ProviderFailure) -> UploadedMedia {
        guard let accessToken else { throw ProviderFailure(.misconfigured, reason("app")) }
        var url = baseURL + "/media"
        var headers: HTTPFields = [("authorization", "Bearer \(accessToken.reveal())")]
        if fault == .namesFileInURL { url += "?name=\(media.filename ?? "")" }
        if fault == .namesFileInHeader { headers.append("x-name", media.filename ?? "") }
        let call = HTTPCall(url: url, headers: headers, body: [1, 2, 3])
        let answer = try await exchange(call, from: fault == .sendsNoBytes ? nil : source)
        if let failure = failure(of: answer) { throw failure }
        let id = (try? JSON.parse(answer.body))?["id"]?.string ?? ""
        return UploadedMedia(providerID: id, expiresAt: host.clock.now + .seconds(86_400))
    }
}
