/// The types of message that have a reader. Any other is kept whole, as unsupported under its own name.
enum MessageType: String, CaseIterable {
    case text, image, video, audio, document, sticker, location, contacts, interactive, button, order, reaction
    case system, unsupported, unknown, edit, revoke
    case requestWelcome = "request_welcome"
    /// Stands in the history for media that comes in a change of its own.
    case mediaPlaceholder = "media_placeholder"
}
