public import AdapterKit

/// A host of recording ports.
public struct TestHost: AdapterHost {
    /// The port behind ``http``, to ask for its calls.
    public let recordingHTTP: RecordingHTTP
    /// The port behind ``log``, to ask for its lines.
    public let recordingLog: RecordingLog
    /// The port behind ``credentials``, to ask for what is kept.
    public let memoryCredentials: MemoryCredentials
    /// Stands still by default.
    public let clock: any ClockPort
    /// Nobody has connected anything by default.
    public let grant: any GrantPort
    /// Empty by default.
    public let conversations: any ConversationPort

    /// A host whose HTTP port refuses every call, unless it is given a script.
    public init(
        http: RecordingHTTP = RecordingHTTP(), log: RecordingLog = RecordingLog(), clock: any ClockPort = FixedClock(),
        credentials: MemoryCredentials = MemoryCredentials(), grant: any GrantPort = MemoryGrant(),
        conversations: any ConversationPort = MemoryConversations()
    ) {
        recordingHTTP = http
        recordingLog = log
        memoryCredentials = credentials
        self.clock = clock
        self.grant = grant
        self.conversations = conversations
    }

    /// ``recordingHTTP``.
    public var http: any HTTPPort { recordingHTTP }
    /// ``recordingLog``.
    public var log: any LogPort { recordingLog }
    /// ``memoryCredentials``.
    public var credentials: any CredentialPort { memoryCredentials }
}
