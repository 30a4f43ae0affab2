/// One post of a webhook and what came of it, for `GET /_sandbox/whatsapp/webhooks`.
struct WebhookPost: Sendable {
    /// What a receiver did with a post.
    enum Outcome: Hashable, Sendable {
        case answered(Int)
        /// No answer: the reason in words.
        case unreachable(String)
        /// Not posted: too many webhooks wait already.
        case dropped
        /// Not posted: the app is not subscribed to the account or to the field.
        case notSubscribed

        /// Only 200 counts; on anything else Meta tries again.
        var isAcknowledged: Bool { self == .answered(200) }

        var json: JSON {
            switch self {
            case .answered(let status): ["status": JSON(status), "acknowledged": JSON.bool(isAcknowledged)]
            case .unreachable(let reason): ["status": .null, "acknowledged": false, "error": JSON(reason)]
            case .dropped:
                ["status": .null, "acknowledged": false, "error": "too many webhooks wait; this one was dropped"]
            case .notSubscribed:
                ["status": .null, "acknowledged": false, "error": "no app is subscribed to it; nothing was posted"]
            }
        }

        /// Why it is not acknowledged, in words.
        var reason: String? {
            switch self {
            case .answered(let status): isAcknowledged ? nil : "Webhook endpoint returned HTTP \(status)"
            case .unreachable(let reason): reason
            case .dropped: "too many webhooks wait"
            case .notSubscribed: "no app is subscribed"
            }
        }
    }

    /// Bodies longer than this are not kept.
    static let keptBodyLimit = 64 * 1024

    /// Unix seconds.
    let time: Int
    let url: String
    /// 0 for the first post, counting up for retries.
    let retry: Int
    let outcome: Outcome
    let body: [UInt8]

    var json: JSON {
        let kept = body.count <= Self.keptBodyLimit
        return [
            "time": JSON(time), "url": JSON(url), "retry": JSON(retry), "outcome": outcome.json,
            "bytes": JSON(body.count), "body": kept ? JSON(String(decoding: body, as: UTF8.self)) : nil,
        ]
    }
}
