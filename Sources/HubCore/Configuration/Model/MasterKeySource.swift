public import AdapterKit

/// Where the key that seals all tenant keys comes from.
public enum MasterKeySource: Sendable, Equatable {
    /// From `${env:NAME}`.
    case inline(Secret)
    /// From `${file:PATH}`, as an absolute path. The file may not be there yet: the hub makes it at its first start.
    case file(path: String)
}
