/// A file of the sandbox's own, for whoever wants to send one and has none at hand.
public struct SandboxSample: Sendable {
    /// The file's bytes.
    public let bytes: [UInt8]
    /// Such as `image/jpeg`.
    public let mimeType: String

    /// - Parameter name: `photo`, `video`, `voice`, `document`, `sticker` or `sticker-animated`.
    /// - Returns: nil for any other name.
    public init?(named name: String) {
        guard let sample = SampleMedia(rawValue: name) else { return nil }
        bytes = sample.bytes
        mimeType = sample.mimeType
    }
}
