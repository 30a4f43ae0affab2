/// The host's way out to the network.
///
/// The host refuses private addresses unless the operator allowed the name, follows no redirect, and bounds time and
/// size. A status of any number is a response; an error says whether the request may have been taken.
public protocol HTTPPort: Sendable {
    func send(_ request: HTTPCall) async throws(HTTPFailure) -> HTTPAnswer

    /// The same for bodies that are never in memory whole.
    /// - Parameters:
    ///   - source: takes the place of the call's body.
    ///   - sink: gets the body of an answer with a status of 200 to 299, whatever its length; any other answer's body is
    ///     bounded and returned as usual. What it throws ends the exchange as ``HTTPFailure/unanswered(reason:)``.
    func send(_ request: HTTPCall, from source: (any ByteSource)?, into sink: (any ByteSink)?) async throws(HTTPFailure)
        -> HTTPAnswer
}

/// A request to the outside.
public struct HTTPCall: Sendable, Equatable {
    public var method: String
    public var url: String
    public var headers: HTTPFields
    public var body: [UInt8]
    /// For the whole exchange.
    public var timeout: Duration
    /// A longer answer is cut off here and marked ``HTTPAnswer/isTruncated``.
    public var maximumAnswerBytes: Int

    public init(
        method: String = "POST", url: String, headers: HTTPFields = [], body: [UInt8] = [],
        timeout: Duration = .seconds(15), maximumAnswerBytes: Int = 64 * 1024
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.maximumAnswerBytes = maximumAnswerBytes
    }
}

public struct HTTPAnswer: Sendable, Equatable {
    public var status: Int
    public var headers: HTTPFields
    public var body: [UInt8]
    public var isTruncated: Bool

    public init(status: Int, headers: HTTPFields = [], body: [UInt8] = [], isTruncated: Bool = false) {
        self.status = status
        self.headers = headers
        self.body = body
        self.isTruncated = isTruncated
    }

    /// `Retry-After` in seconds, where it is a number (RFC 9110, 10.2.3).
    public var retryAfter: Duration? {
        guard let text = headers["retry-after"], let seconds = Int(text), seconds >= 0 else { return nil }
        return .seconds(min(seconds, 7 * 86_400))
    }
}

/// Why there is no answer. The reason is for logs and holds no address, header or body.
public enum HTTPFailure: Error, Sendable, Equatable {
    /// The address is one that the host does not call.
    case refused(reason: String)
    /// No connection was made: the request was not taken.
    case notConnected(reason: String)
    /// The request may have been taken, but no whole answer came.
    case unanswered(reason: String)

    public var reason: String {
        switch self {
        case .refused(let reason), .notConnected(let reason), .unanswered(let reason): reason
        }
    }
}

/// Header fields in order; names compare without case.
public struct HTTPFields: Sendable, Equatable, ExpressibleByArrayLiteral {
    public var all: [(name: String, value: String)]

    public init(_ all: [(name: String, value: String)]) { self.all = all }

    public init(arrayLiteral elements: (name: String, value: String)...) { self.all = elements }

    /// The first value of the field.
    public subscript(name: String) -> String? {
        all.first { Self.isSame($0.name, name) }?.value
    }

    /// How often the field occurs.
    public func count(_ name: String) -> Int { all.count { Self.isSame($0.name, name) } }

    /// Names are ASCII (RFC 9110, 5.1), so bytes compare; no text is made for it on the path of every webhook.
    private static func isSame(_ left: String, _ right: String) -> Bool {
        func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
        return left.utf8.count == right.utf8.count
            && left.utf8.elementsEqual(right.utf8) { lowercased($0) == lowercased($1) }
    }

    public mutating func append(_ name: String, _ value: String) { all.append((name, value)) }

    public static func == (left: HTTPFields, right: HTTPFields) -> Bool {
        left.all.elementsEqual(right.all) { isSame($0.name, $1.name) && $0.value == $1.value }
    }
}
