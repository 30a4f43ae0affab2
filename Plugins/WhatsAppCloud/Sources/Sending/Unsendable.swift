import AdapterKit

/// Why a message is refused before Meta is asked.
enum Unsendable: String, Error {
    case noRecipient = "no_recipient"
    case emptyText = "empty_text"
    case unsupportedType = "unsupported_type"
    case unknownMedia = "unknown_media"
    case unknownMessage = "unknown_message"

    var reason: FailureReason {
        let title =
            switch self {
            case .noRecipient: "The contact has no phone number, WhatsApp user id or group"
            case .emptyText: "The text is empty"
            case .unsupportedType: "This type of message cannot be sent"
            case .unknownMedia: "WhatsApp does not have the media that the message names: upload it again"
            case .unknownMessage: "WhatsApp has no id for the message that this one answers"
            }
        return FailureReason(code: rawValue, title: title)
    }
}
