import AdapterKit
import HubCore
import Hummingbird
import NIOCore

extension Request {
    /// The raw body.
    /// - Throws: ``Problem`` 413 when it is longer than `limit` bytes.
    func bytes(upTo limit: Int) async throws -> [UInt8] {
        do {
            let buffer = try await body.collect(upTo: limit)
            return Array(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            throw Problem(
                status: .contentTooLarge, code: "too_large",
                detail: "The body is larger than the \(limit) bytes that this route takes.")
        }
    }

    /// The body as JSON, and as it came.
    func json(upTo limit: Int) async throws -> (json: JSON, raw: [UInt8]) {
        let raw = try await bytes(upTo: limit)
        return (try Self.parsed(raw), raw)
    }

    static func parsed(_ raw: [UInt8]) throws -> JSON {
        do throws(JSON.ParsingError) {
            return try JSON.parse(raw)
        } catch {
            throw Problem(status: .badRequest, code: "not_json", detail: "The body is not JSON: \(error).")
        }
    }

    /// The body as a JSON object, read strictly.
    /// - Parameter orEmpty: no body at all counts as `{}`.
    /// - Throws: ``Problem`` with all that is wrong at once.
    func object<Value>(
        upTo limit: Int, orEmpty: Bool = false, _ read: (ObjectReader) -> Value
    ) async throws -> Value {
        let raw = try await bytes(upTo: limit)
        let (value, problems) = ObjectReader.read(
            raw.isEmpty && orEmpty ? .object([]) : try Self.parsed(raw), read)
        guard problems.isEmpty else { throw Problem.invalid(problems) }
        return value
    }

    /// A page's size and where it starts, from `limit` and `after`.
    func paging(defaultLimit: Int = 50, maximumLimit: Int = 200) throws -> (after: String?, limit: Int) {
        try refuseParameters(except: ["after", "limit"])
        let after = uri.queryParameters["after"].map(String.init)
        guard let text = uri.queryParameters["limit"] else { return (after, defaultLimit) }
        guard let limit = Int(text), (1...maximumLimit).contains(limit) else {
            throw Problem.parameter("limit", "must be a whole number from 1 to \(maximumLimit)")
        }
        return (after, limit)
    }

    /// A misspelt parameter would quietly change what is answered.
    func refuseParameters(except known: Set<String>) throws {
        for (name, _) in uri.queryParameters where !known.contains(String(name)) {
            throw Problem.invalid([
                RequestProblem(
                    pointer: "", code: "unknown_parameter",
                    detail: "There is a query parameter that this route does not know; it knows: "
                        + (known.isEmpty ? "none" : known.sorted().joined(separator: ", ")))
            ])
        }
    }
}

extension Problem {
    static func parameter(_ name: String, _ detail: String) -> Problem {
        .invalid([RequestProblem(pointer: "?\(name)", code: "wrong_value", detail: detail)])
    }
}
