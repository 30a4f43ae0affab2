import AdapterKit
public import Logging

/// Writes each log line as one JSON object: `time`, `level`, `logger`, `message`, `error` and the metadata, flattened.
///
/// A nested key is joined with dots, an element of a list is named by its index. A metadata key that has the name of one of
/// the line's own members gets `_` behind it, so nobody can write a false `level`. Message and values pass
/// ``Redaction``. A line is at most ``maximumLineBytes`` long; where something was left out, it ends in `"truncated":true`.
public struct JSONLogHandler: LogHandler {
    /// The length that no line exceeds, in bytes.
    public static let maximumLineBytes = 16 * 1024
    private static let maximumMessageBytes = 2048
    private static let maximumValueBytes = 512
    private static let maximumKeyBytes = 64
    /// Room that is kept for the end of the line.
    private static let reserve = 24
    private static let ownMembers: Set<String> = ["time", "level", "logger", "message", "error", "truncated"]

    public var logLevel: Logger.Level = .info
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?

    private let label: String
    private let sink: any LogSink
    private let clock: any ClockPort

    /// A handler for standard error with the machine's clock, for `LoggingSystem.bootstrap`.
    public init(label: String) {
        self.init(label: label, sink: DescriptorSink.standardError, clock: SystemClock())
    }

    init(label: String, sink: any LogSink, clock: any ClockPort) {
        self.label = label
        self.sink = sink
        self.clock = clock
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var line: [UInt8] = []
        line.reserveCapacity(512)
        line.append(contentsOf: #"{"time":""#.utf8)
        line.append(contentsOf: clock.now.description.utf8)
        line.append(contentsOf: #"","level":""#.utf8)
        line.append(contentsOf: event.level.rawValue.utf8)
        line.append(contentsOf: #"","logger":"#.utf8)
        LogText.appendQuoted(label, limit: Self.maximumKeyBytes, to: &line)
        line.append(contentsOf: #","message":"#.utf8)
        LogText.appendQuoted(Redaction.redact(event.message.description), limit: Self.maximumMessageBytes, to: &line)

        var isTruncated = false
        if let error = event.error { append("\(error)", named: "error", to: &line, &isTruncated) }
        let fields = merged(with: event.metadata)
        for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
            append(value, named: Self.ownMembers.contains(key) ? key + "_" : key, to: &line, &isTruncated)
        }
        if isTruncated { line.append(contentsOf: #","truncated":true"#.utf8) }
        line.append(contentsOf: "}\n".utf8)
        sink.write(line)
    }

    /// The line's own metadata wins over the provider's, and that over the logger's.
    private func merged(with explicit: Logger.Metadata?) -> Logger.Metadata {
        var fields = metadata
        if let provided = metadataProvider?.get() { fields.merge(provided) { $1 } }
        if let explicit { fields.merge(explicit) { $1 } }
        return fields
    }

    private func append(
        _ value: Logger.MetadataValue, named name: String, to line: inout [UInt8], _ isTruncated: inout Bool
    ) {
        switch value {
        case .string(let text): append(text, named: name, to: &line, &isTruncated)
        case .stringConvertible(let thing): append(thing.description, named: name, to: &line, &isTruncated)
        case .array(let elements):
            for (index, element) in elements.enumerated() where !isTruncated {
                append(element, named: "\(name).\(index)", to: &line, &isTruncated)
            }
        case .dictionary(let members):
            for (key, member) in members.sorted(by: { $0.key < $1.key }) where !isTruncated {
                append(member, named: "\(name).\(key)", to: &line, &isTruncated)
            }
        }
    }

    private func append(_ text: String, named name: String, to line: inout [UInt8], _ isTruncated: inout Bool) {
        guard !isTruncated else { return }
        let before = line.count
        line.append(UInt8(ascii: ","))
        LogText.appendQuoted(Redaction.redact(name), limit: Self.maximumKeyBytes, to: &line)
        line.append(UInt8(ascii: ":"))
        LogText.appendQuoted(Redaction.redact(text), limit: Self.maximumValueBytes, to: &line)
        if line.count > Self.maximumLineBytes - Self.reserve {
            line.removeSubrange(before...)
            isTruncated = true
        }
    }
}
