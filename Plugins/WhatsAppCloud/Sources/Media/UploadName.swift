import AdapterKit

/// The name and type under which a file is uploaded.
///
/// Meta looks at the name's ending as well as at the type, and both stand in headers: nothing of a name may end one.
struct UploadName {
    let name: String
    /// Without parameters that are no plain tokens.
    let type: String

    init(_ media: MediaUpload) {
        type = Self.isHeaderText(media.mimeType) ? media.mimeType : "application/octet-stream"
        let given = Self.cleaned(media.filename ?? "")
        let ending = Self.endings[String(type.prefix { $0 != ";" }).lowercased()]
        guard let ending else {
            name = given.isEmpty ? "file" : given
            return
        }
        let stem = given.isEmpty ? media.kind.rawValue : given
        name = stem.contains(".") ? stem : "\(stem).\(ending)"
    }

    /// The last part of a path, without what has a meaning in a header.
    private static func cleaned(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        let kept = last.unicodeScalars.filter { scalar in
            scalar.value >= 0x20 && scalar.value != 0x7F && scalar != "\"" && scalar != ";"
        }
        // The end is kept, where the type's ending stands.
        return String(String.UnicodeScalarView(kept.suffix(120)))
    }

    private static func isHeaderText(_ type: String) -> Bool {
        (3...200).contains(type.utf8.count) && type.contains("/")
            && type.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") }
    }

    private static let endings = [
        "audio/aac": "aac", "audio/amr": "amr", "audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/ogg": "ogg",
        "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "video/mp4": "mp4", "video/3gpp": "3gp",
        "application/pdf": "pdf", "text/plain": "txt", "application/msword": "doc",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
        "application/vnd.ms-excel": "xls",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
        "application/vnd.ms-powerpoint": "ppt",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    ]
}
