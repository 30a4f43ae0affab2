import HTTPTypes
import HummingbirdCore

/// Files that businesses upload and customers send.
extension WhatsAppCloud {
    /// Keeps a file; `id` of the item is what messages name.
    func store(_ item: MediaItem) { media.put(item) }

    /// Keeps a file that a customer sends to a number; `webhookMembers` of the item are what its message carries.
    nonisolated func storeInbound(
        _ bytes: [UInt8], mimeType: String, filename: String? = nil, number: SandboxConfiguration.Number
    ) async -> MediaItem {
        let item = MediaItem(
            bytes, mimeType: mimeType, filename: filename, phoneNumberID: number.phoneNumberID, direction: .inbound,
            storedAt: now)
        await store(item)
        return item
    }

    /// The file of that id, while it lives.
    func mediaItem(_ id: String) -> MediaItem? { media.item(id, now: now) }

    /// Forgets a file; does nothing when there is none.
    func removeMedia(_ id: String) { _ = media.remove(id) }

    /// Where a file can be fetched with a token, for five minutes unless the rules say otherwise.
    /// - Parameter base: scheme and host by which the caller knows the sandbox; the bound address unless given.
    func mediaAddress(of id: String, base: String? = nil) -> String {
        let base = base ?? "http://\(configuration.host):\(boundPort ?? configuration.port)"
        return base + media.path(of: id, until: now + rules.mediaAddressSeconds)
    }

    /// The file at an address.
    func mediaItem(addressed id: String, until end: Int, signature: String) -> MediaItem? {
        media.item(addressed: id, until: end, signature: signature, now: now)
    }

    /// Remembers the port that was bound, for addresses in webhooks.
    func bound(to port: Int) { boundPort = port }

    /// The answer to `GET` and `DELETE` on a media id, or nil when the id is none of media.
    func mediaNode(_ call: GraphCall) throws(GraphError) -> JSON? {
        guard let item = try mediaItem(for: call) else { return nil }
        switch call.request.method {
        case .get: return mediaObject(item, base: call.request.head.authority.map { "http://\($0)" })
        case .delete:
            removeMedia(item.id)
            return ["success": true]
        default: return nil
        }
    }

    private func mediaObject(_ item: MediaItem, base: String?) -> JSON {
        [
            "messaging_product": "whatsapp", "url": JSON(mediaAddress(of: item.id, base: base)),
            "mime_type": JSON(MediaKind.bareType(item.mimeType)), "sha256": JSON(item.sha256(rules.mediaHash)),
            "file_size": JSON(item.bytes.count), "id": JSON(item.id),
        ]
    }

    /// The file that a call names, or nil when its id is none of media.
    /// - Throws: when the token may not see it, or `phone_number_id` is given and is not its number.
    func mediaItem(for call: GraphCall) throws(GraphError) -> MediaItem? {
        guard let item = mediaItem(call.id) else { return nil }
        guard mayUse(item, token: call.token), call.text("phone_number_id").map({ $0 == item.phoneNumberID }) ?? true
        else { throw call.unknownObject }
        return item
    }

    /// Whether a token reaches the business account of a file's number.
    func mayUse(_ item: MediaItem, token: AccessToken) -> Bool {
        number(item.phoneNumberID).map { token.accounts.contains($0.businessAccountID) } ?? false
    }

    /// The living token of a download; downloads ask for no proof and are not counted.
    func downloadToken(_ credentials: GraphCredentials) -> AccessToken? {
        guard let text = credentials.token, let token = tokens[text], token.refusal(now: now) == nil,
            faultyToken(token, object: nil) == nil
        else { return nil }
        return token
    }

    /// The fault of the next download, used up by one.
    func takeMediaFault() -> MediaFault? { faults.takeMediaFault() }
}
