import AdapterKit

/// Names that files have in Drive, where any text will do: what a person wrote is cleaned all the same.
enum DriveFileName {
    private static let endings = [
        "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif", "video/mp4": "mp4",
        "video/3gpp": "3gp", "audio/ogg": "ogg", "audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/aac": "aac",
        "audio/amr": "amr", "application/pdf": "pdf", "text/plain": "txt",
    ]

    /// A file of a conversation: the id by which the transcript names it, and what it was called.
    static func media(_ id: String, _ filename: String?, _ mimeType: String) -> String {
        if let filename = IdentityClaims.displayText(filename) { return "\(id) \(filename)" }
        let type = mimeType.prefix { $0 != ";" }.lowercased()
        return endings[type].map { "\(id).\($0)" } ?? id
    }
}
