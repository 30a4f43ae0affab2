import AdapterKit

extension ChannelConformance {
    func checkMedia(_ report: inout ConformanceReport) async {
        guard Channel.self is any MediaChannel.Type else { return }
        guard let media = samples.media else { return report.add(.mediaBytes, "the kit was given no media to try") }
        await checkFetch(media, &report)
        await checkDirections(media, &report)
        await checkUpload(media, &report)
    }

    private func fetch(
        _ reference: MediaReference, _ script: [HTTPAnswer], into sink: MemorySink, _ name: String,
        _ report: inout ConformanceReport
    ) async -> (isFetched: Bool, calls: [HTTPCall]) {
        let last = script.last.map { RecordingHTTP.Reply.success($0) } ?? .failure(.refused(reason: "test"))
        let host = TestHost(http: RecordingHTTP(script.dropLast().map { .success($0) }, then: last))
        guard let channel = channel(on: host) as? any MediaChannel else { return (false, []) }
        let isFetched = (try? await channel.fetch(reference, into: sink)) != nil
        confidential.check(host.recordingLog, &report, name)
        for call in host.recordingHTTP.calls { confidential.check(call.url, "a URL", name, &report) }
        return (isFetched, host.recordingHTTP.calls)
    }

    private func checkFetch(_ media: MediaSample, _ report: inout ConformanceReport) async {
        let answer = HTTPAnswer(
            status: 200, headers: [("Content-Type", media.reference.mimeType ?? "")], body: media.bytes)
        let sink = MemorySink()
        let whole = await fetch(media.reference, media.leading + [answer], into: sink, "a fetch of media", &report)
        report.expect(
            whole.isFetched && sink.bytes == media.bytes, .mediaBytes, "media does not come out as it went in")
        KnownHosts(manifest: Channel.manifest, settings: settings).check(whole.calls, &report)
        let small = MemorySink(limit: media.bytes.count / 2)
        let half = await fetch(media.reference, media.leading + [answer], into: small, "a fetch of media", &report)
        report.expect(!half.isFetched, .mediaBytes, "a fetch succeeds though its sink took no more")
        let page = HTTPAnswer(status: 403, body: Array("<html>Forbidden</html>".utf8))
        let untouched = MemorySink()
        let refused = await fetch(media.reference, media.leading + [page], into: untouched, "a fetch of media", &report)
        report.expect(
            !refused.isFetched && untouched.bytes.isEmpty, .mediaBytes, "the page of a refusal is passed on as media")
    }

    /// Answers and messages that point elsewhere.
    private func checkDirections(_ media: MediaSample, _ report: inout ConformanceReport) async {
        let answer = HTTPAnswer(status: 200, body: media.bytes)
        let known = KnownHosts(manifest: Channel.manifest, settings: settings)
        var elsewhere = media.reference
        elsewhere.url = "https://elsewhere.example/media/7342"
        var plain = media.reference
        plain.url = "http://\(known.first ?? "elsewhere.example")/media/7342"
        var tries: [(String, MediaReference, [HTTPAnswer])] = [
            ("an address at another host", elsewhere, media.leading + [answer]),
            ("an address without encryption", plain, media.leading + [answer]),
        ]
        for target in [elsewhere.url, plain.url].compactMap(\.self) {
            for status in [301, 302, 307] {
                let redirect = HTTPAnswer(status: status, headers: [("Location", target)])
                tries.append(("a redirect", media.reference, media.leading + [redirect, answer]))
            }
        }
        for (name, reference, script) in tries {
            for call in await fetch(reference, script, into: MemorySink(), name, &report).calls {
                let isSafe = known.contains(call.url) && !known.isDowngraded(call.url)
                report.expect(
                    isSafe || !holdsCredential(call), .credentialHosts, "\(name) gets the credential to come along")
            }
        }
    }

    private func holdsCredential(_ call: HTTPCall) -> Bool {
        let secrets = settings.secretTexts(in: Channel.manifest.settings)
        let text = call.headers.all.map(\.value).joined(separator: "\n")
        return call.headers["authorization"] != nil || call.headers["cookie"] != nil
            || secrets.contains { text.contains($0) }
    }

    private func checkUpload(_ media: MediaSample, _ report: inout ConformanceReport) async {
        let bytes = Self.uploadBytes(media.upload)
        let names = [media.upload.filename, "a\"; name=\"token\r\nX-Injected: 1\r\n\r\n.jpg", nil]
        for (index, filename) in names.enumerated() {
            var upload = media.upload
            upload.filename = filename
            let host = TestHost(http: RecordingHTTP(media.uploading.map { .success($0) }))
            guard let channel = channel(on: host) as? any MediaChannel else { return }
            let uploaded = try? await channel.upload(upload, from: MemorySource(bytes))
            report.expect(
                uploaded?.providerID == media.uploadedID, .uploadBody,
                index == 0 ? "a good upload fails or has another id" : "an upload's name makes it fail")
            let calls = host.recordingHTTP.calls
            report.expect(
                calls.contains { Self.contains($0.body, bytes) }, .uploadBody,
                "an upload does not carry the bytes whole")
            let isInjected = calls.contains { call in
                call.headers.all.contains { $0.value.contains(where: \.isNewline) }
                    || Self.contains(call.body, Array("\r\nX-Injected".utf8))
            }
            report.expect(!isInjected, .uploadBody, "an upload's name gets out of its place")
            var words = confidential
            if index == 0, let filename { words.add("a file name", filename) }
            checkPorts(host, "an upload of media", words, &report)
        }
    }

    private static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool { bytes.contains(part) }
}
