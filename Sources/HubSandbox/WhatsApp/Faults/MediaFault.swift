/// What goes wrong with the next downloads of media.
struct MediaFault: Hashable, Sendable {
    enum Kind: String, Hashable, Sendable, CaseIterable {
        /// 404, as after the five minutes of an address.
        case expired
        /// An HTTP status, 500 unless given.
        case unavailable
        /// Bytes of the right length that do not match the hash.
        case wrongHash = "wrong_hash"
        /// More bytes than were said.
        case tooLarge = "too_large"
        /// The connection closes half way.
        case truncated
        /// A redirect to another host, which must not get the token.
        case redirect
    }

    let kind: Kind
    /// HTTP status of `unavailable`.
    var http = 500
    /// Length of what `too_large` sends.
    var bytes = 120 * 1024 * 1024
    /// Where `redirect` leads.
    var location = "http://127.0.0.1:9/elsewhere"
    var count = 1
}

extension FaultPlan {
    /// The fault of the next download, used up by one.
    mutating func takeMediaFault() -> MediaFault? {
        guard var fault = mediaFault else { return nil }
        let taken = fault
        fault.count -= 1
        mediaFault = fault.count > 0 ? fault : nil
        return taken
    }

    /// The code with which the next send of media by link fails, used up by one.
    mutating func takeLinkFailure() -> Int? { Self.take(&linkFailure)?.code }
}
