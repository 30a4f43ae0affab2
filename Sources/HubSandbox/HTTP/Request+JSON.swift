import Hummingbird
import NIOCore

extension Request {
    /// Bodies longer than this are refused with 413.
    static let bodyLimit = 5 * 1024 * 1024

    /// The body as JSON.
    func json() async throws -> JSON {
        let buffer: ByteBuffer
        do {
            buffer = try await body.collect(upTo: Self.bodyLimit)
        } catch is NIOTooManyBytesError {
            throw ControlError("the body is longer than 5 MB", http: 413)
        }
        do {
            return try JSON.parse(Array(buffer.readableBytesView))
        } catch {
            throw ControlError("the body is \(error)")
        }
    }
}
