public import AdapterKit

extension WhatsAppCloudAdapter: MediaChannel {
    /// Meta deletes what was uploaded after 30 days; the day before it is handed over again.
    private static let uploadLife = Duration.seconds(29 * 86_400)

    /// Fetches media by its address while that is fresh, else by a new one of `GET /{media_id}`.
    ///
    /// The token goes to the Graph API's server and to Meta's hosts for media only, and never along a redirect to another.
    public func fetch(
        _ media: MediaReference, into sink: any ByteSink
    ) async throws(ProviderFailure) -> FetchedMedia {
        let graph = try number()
        let hosts = MetaHosts(graph: graph.address, media: mediaHosts)
        return try await MediaDownload(graph: graph, hosts: hosts).fetch(media, into: sink)
    }

    /// Hands media over by `POST /{phone_number_id}/media`, as a stream.
    public func upload(
        _ media: MediaUpload, from source: any ByteSource
    ) async throws(ProviderFailure) -> UploadedMedia {
        let graph = try number()
        let file = UploadName(media)
        let form = MultipartForm(
            fields: [("messaging_product", "whatsapp"), ("type", file.type)], name: "file", filename: file.name,
            type: file.type, file: source)
        let answer = try await graph.json(
            GraphRequest(
                method: "POST", path: "\(graph.phoneNumberID)/media", body: .stream(form, type: form.contentType),
                timeout: .seconds(600)))
        guard let id = answer["id"]?.identifier, !id.isEmpty else {
            throw ProviderFailure(
                .unavailable, FailureReason(code: "no_media_id", title: "WhatsApp took the media but named no id"))
        }
        return UploadedMedia(providerID: id, expiresAt: graph.clock.now + Self.uploadLife)
    }
}
