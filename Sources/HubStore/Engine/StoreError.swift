/// Why a store could not do what was asked. Holds no content of the store.
public struct StoreError: Error, Sendable, Equatable, CustomStringConvertible {
    public struct Code: Sendable, Equatable {
        private enum Base: Equatable {
            case busy, diskFull, unreadable, unsealable, newerSchema, locked, failed
        }

        private let base: Base

        /// The queue of writes is full: try again in a moment.
        public static let busy = Code(base: .busy)
        /// There is no room on the disk.
        public static let diskFull = Code(base: .diskFull)
        /// The file cannot be opened or read.
        public static let unreadable = Code(base: .unreadable)
        /// A sealed value does not open: another key, another place, or damage.
        public static let unsealable = Code(base: .unsealable)
        /// The file was written by a newer version of the hub.
        public static let newerSchema = Code(base: .newerSchema)
        /// Another process works on the data folder.
        public static let locked = Code(base: .locked)
        public static let failed = Code(base: .failed)
    }

    public let code: Code
    public let message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }

    /// Whether the store is in trouble as a whole, not the one thing that was asked of it.
    var isOfWholeStore: Bool { code != .failed && code != .unsealable }
}
