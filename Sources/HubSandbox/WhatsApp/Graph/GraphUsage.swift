import HTTPTypes

/// Counts calls per hour as the Graph API does, for its usage headers and for the limit of management calls.
struct GraphUsage: Sendable {
    /// Management calls of one app to one business account in an hour; more are refused with 80007.
    static let managementLimit = 5000
    /// Calls of an app in an hour that its percentages are of.
    static let appLimit = 200_000

    /// The values of the two headers.
    struct Headers: Hashable, Sendable {
        var app: String?
        var businessUseCase: String?

        func add(to fields: inout HTTPFields) {
            for (name, value) in [("X-App-Usage", app), ("X-Business-Use-Case-Usage", businessUseCase)] {
                if let name = HTTPField.Name(name), let value { fields[name] = value }
            }
        }
    }

    /// Percentages to show in place of the counted ones, so that a client's care near a limit can be seen.
    struct Shown: Hashable, Sendable {
        var callCount: Int
        /// Minutes.
        var timeToRegainAccess: Int
    }

    private struct Window: Sendable {
        var hour = 0
        var management = 0
        var messages = 0

        mutating func count(isMessage: Bool, now: Int) {
            if hour != now / 3600 { self = Window(hour: now / 3600) }
            if isMessage { messages += 1 } else { management += 1 }
        }
    }

    private var app = Window()
    private var accounts = BoundedMap<String, Window>(limit: 10_000)

    /// Counts a call.
    /// - Parameters:
    ///   - account: whose business account it concerns; nil for calls of the app alone.
    ///   - now: Unix seconds.
    /// - Throws: 80007 once the hour's management calls are used up.
    mutating func count(account: String?, isMessage: Bool, now: Int, shown: Shown?) throws(GraphError) -> Headers {
        app.count(isMessage: isMessage, now: now)
        let appPercent = shown?.callCount ?? Self.percent(app.management + app.messages, of: Self.appLimit)
        var headers = Headers(
            app: "{\"call_count\":\(appPercent),\"total_cputime\":\(appPercent),\"total_time\":\(appPercent)}")
        guard let account else { return headers }
        let window = accounts.update(account, initial: Window()) { window in
            window.count(isMessage: isMessage, now: now)
            return window
        }
        guard isMessage || window.management <= Self.managementLimit else { throw .catalogued(80007) }
        let management = shown?.callCount ?? Self.percent(window.management, of: Self.managementLimit)
        let messages = shown?.callCount ?? Self.percent(window.messages, of: Self.appLimit)
        let wait = shown?.timeToRegainAccess ?? 0
        let uses = [("whatsapp_business_management", management), ("whatsapp", messages)].map { type, percent in
            "{\"type\":\"\(type)\",\"call_count\":\(percent),\"total_cputime\":\(percent),\"total_time\":\(percent),"
                + "\"estimated_time_to_regain_access\":\(wait)}"
        }
        headers.businessUseCase = "{\"\(account)\":[\(uses.joined(separator: ","))]}"
        return headers
    }

    /// Whole percent, rounded up as one call already shows.
    private static func percent(_ count: Int, of limit: Int) -> Int { min(100, (count * 100 + limit - 1) / limit) }
}
