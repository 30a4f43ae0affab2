/// A control or phone call that cannot be done, with the reason for the person who made it.
struct ControlError: Error, Hashable, Sendable {
    let http: Int
    let message: String

    init(_ message: String, http: Int = 400) {
        self.http = http
        self.message = message
    }

    var json: JSON { ["error": ["message": JSON(message)]] }
}
