import Crypto
import FoundationEssentials

/// A file or folder in somebody's Drive.
struct DriveFile: Hashable, Sendable {
    static let folderType = "application/vnd.google-apps.folder"
    static let documentType = "application/vnd.google-apps.document"

    let id: String
    let personID: String
    /// The client that made it; nil for what the person made without an app.
    let clientID: String?
    var name = "Untitled"
    var mimeType = "application/octet-stream"
    var parents: [String]
    var isTrashed = false
    var isStarred = false
    var description: String?
    var properties: [String: String] = [:]
    /// Seen by the client that made the file only.
    var appProperties: [String: String] = [:]
    /// Unix milliseconds.
    var createdAt: Int
    var modifiedAt: Int
    var version = 1
    /// The content; the text of a Google document.
    var bytes: [UInt8] = []

    var isFolder: Bool { mimeType == Self.folderType }
    /// Whether it has no bytes of its own: folders, documents, sheets and their kin.
    var isGoogleType: Bool { mimeType.hasPrefix("application/vnd.google-apps.") }

    /// All fields, as the caller may see them.
    func json(for caller: DriveCaller) -> JSON {
        let link = "https://drive.google.com/file/d/\(id)"
        let head: JSON = [
            "kind": "drive#file", "id": JSON(id), "name": JSON(name), "mimeType": JSON(mimeType),
            "description": description.map { JSON($0) }, "starred": .bool(isStarred), "trashed": .bool(isTrashed),
            "explicitlyTrashed": .bool(isTrashed), "parents": .array(parents.map { JSON($0) }),
            "properties": Self.object(properties),
            "appProperties": caller.clientID == clientID ? Self.object(appProperties) : nil,
            "spaces": ["drive"], "version": JSON(String(version)), "webViewLink": JSON("\(link)/view?usp=drivesdk"),
            "createdTime": JSON(Self.time(createdAt)), "modifiedTime": JSON(Self.time(modifiedAt)),
            "ownedByMe": true, "shared": false,
            "owners": [
                [
                    "kind": "drive#user", "displayName": JSON(caller.person.name), "me": true,
                    "emailAddress": caller.person.email.map { JSON($0) },
                ]
            ],
            "capabilities": ["canDownload": .bool(!isFolder), "canEdit": true, "canDelete": true, "canTrash": true],
        ]
        return head + content
    }

    /// What is said of the bytes.
    private var content: JSON {
        guard !isGoogleType else {
            guard mimeType == Self.documentType else { return .object([]) }
            let link = "https://docs.google.com/feeds/download/documents/export/Export?id=\(id)&exportFormat=txt"
            return ["exportLinks": ["text/plain": JSON(link)]]
        }
        let data = Data(bytes)
        return [
            "size": JSON(String(bytes.count)), "quotaBytesUsed": JSON(String(bytes.count)),
            "md5Checksum": JSON(Self.hex(Insecure.MD5.hash(data: data))),
            "sha1Checksum": JSON(Self.hex(Insecure.SHA1.hash(data: data))),
            "sha256Checksum": JSON(Self.hex(SHA256.hash(data: data))), "headRevisionId": JSON("\(id)-\(version)"),
            "originalFilename": JSON(name), "webContentLink": JSON("https://drive.google.com/uc?id=\(id)"),
        ]
    }

    /// Takes what metadata of a call says; null ends an entry of the properties.
    mutating func change(_ json: JSON) throws(DriveError) {
        if let text = json["name"]?.text { name = text }
        if let text = json["mimeType"]?.text { mimeType = text }
        if let text = json["description"]?.text { description = text }
        if let flag = json["trashed"]?.flag { isTrashed = flag }
        if let flag = json["starred"]?.flag { isStarred = flag }
        for member in json["properties"]?.members ?? [] { properties[member.name] = member.value.text }
        for member in json["appProperties"]?.members ?? [] { appProperties[member.name] = member.value.text }
        for (key, value) in [("createdTime", \DriveFile.createdAt), ("modifiedTime", \DriveFile.modifiedAt)] {
            guard let text = json[key]?.text else { continue }
            guard let time = Self.milliseconds(text) else { throw .invalid(key) }
            self[keyPath: value] = time
        }
    }

    /// RFC 3339 with milliseconds.
    static func time(_ milliseconds: Int) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(
            Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    static func milliseconds(_ text: String) -> Int? {
        let date =
            (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
            ?? (try? Date(text, strategy: .iso8601))
        return date.map { Int(($0.timeIntervalSince1970 * 1000).rounded()) }
    }

    private static func object(_ properties: [String: String]) -> JSON? {
        guard !properties.isEmpty else { return nil }
        return .object(properties.sorted { $0.key < $1.key }.map { .init(name: $0, value: JSON($1)) })
    }

    private static func hex(_ digest: some Sequence<UInt8>) -> String {
        digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
