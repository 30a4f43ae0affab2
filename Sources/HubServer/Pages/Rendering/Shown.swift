import AdapterKit
import HubCore
import HubStore

extension Timestamp {
    /// For a template: to the minute for people, to the millisecond for programs.
    var shown: PageContent {
        let exact = description
        let day = exact.prefix(10)
        let minute = exact.dropFirst(11).prefix(5)
        return ["exact": .text(exact), "shown": .text("\(day) \(minute) UTC")]
    }
}

extension PersonRecord {
    /// What the person is called, as far as it is known.
    var shownName: String { name ?? email ?? "Somebody without a name" }
}

extension PersonRole {
    var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

    /// For sentences: "as an owner".
    var withArticle: String { self == .viewer ? "a viewer" : "an \(rawValue)" }
}

extension APIScope {
    /// What it allows, beside its check box.
    var summary: String {
        switch self {
        case .messagesSend: "send messages and upload media"
        case .messagesRead: "read messages, media and conversations"
        case .contactsRead: "read contacts"
        case .eventsRead: "read the event log"
        case .deliveriesManage: "read dead letters and replay them"
        case .channelsRead: "read channels and their templates"
        case .channelsManage: "change channels, and block people"
        }
    }
}

extension SessionRecord {
    /// - Parameters:
    ///   - path: Of the list of sessions that it stands in.
    ///   - current: The id of the session that looks at it.
    func shown(below path: String, current: String?, _ names: [String: String]) -> PageContent {
        [
            "device": .text(label ?? "Unknown device"), "by": .text(names[connection] ?? connection),
            "createdAt": .group(createdAt.shown), "lastSeenAt": .group(lastSeenAt.shown),
            "isCurrent": .flag(id == current), "action": .text("\(path)/sessions/\(id)/end"),
        ]
    }
}
