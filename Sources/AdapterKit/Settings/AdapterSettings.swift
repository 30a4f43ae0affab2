/// The checked settings of one adapter instance, defaults filled in.
public struct AdapterSettings: Sendable, Equatable {
    public enum Value: Sendable, Equatable {
        case text(String)
        case secret([Secret])
        case integer(Int)
        case boolean(Bool)
        case list([String])
    }

    private var values: [String: Value]

    public init(_ values: [String: Value]) { self.values = values }

    public subscript(key: String) -> Value? { values[key] }

    public func text(_ key: String) -> String? {
        if case .text(let value) = values[key] { value } else { nil }
    }

    public func secret(_ key: String) -> Secret? { secrets(key).first }

    public func secrets(_ key: String) -> [Secret] {
        if case .secret(let value) = values[key] { value } else { [] }
    }

    public func integer(_ key: String) -> Int? {
        if case .integer(let value) = values[key] { value } else { nil }
    }

    public func boolean(_ key: String) -> Bool? {
        if case .boolean(let value) = values[key] { value } else { nil }
    }

    public func list(_ key: String) -> [String] {
        if case .list(let value) = values[key] { value } else { [] }
    }

    /// These settings, with those of `other` where these have none.
    public func merging(_ other: AdapterSettings) -> AdapterSettings {
        AdapterSettings(values.merging(other.values) { own, _ in own })
    }
}

/// A text that must not be shown: it has no description, no coding and no interpolation that tells it.
public struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    public init(_ value: String) { self.value = value }

    /// The text itself, for the one place that needs it.
    public func reveal() -> String { value }

    public static func == (left: Secret, right: Secret) -> Bool { ConstantTime.isEqual(left.value, right.value) }

    public var description: String { "(secret)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What is wrong with a setting, beyond what a schema can say. Never holds the value.
public struct SettingsProblem: Error, Sendable, Equatable, CustomStringConvertible {
    public let key: String
    public let message: String

    public init(key: String, message: String) {
        self.key = key
        self.message = message
    }

    public var description: String { "\(key): \(message)" }
}
