import AdapterKit
import HTTPTypes
import HubCore
import Hummingbird

/// What a caller says of a file that it uploads: `?kind=…&filename=…`, `Content-Type`, `Content-Disposition`.
struct UploadRequest {
    static let filenameLength = 1...255
    /// For a kind that no channel of the tenant has a limit for.
    static let defaultLimit = 100 * 1024 * 1024

    let kind: MessageContent.Media.Kind
    let filename: String?
    let declaredType: String?
    /// In bytes.
    let limit: Int

    /// - Throws: ``Problem`` with all that is wrong with it.
    init(_ request: Request, tenant: Tenant) throws {
        try request.refuseParameters(except: ["kind", "filename"])
        var problems: [RequestProblem] = []
        let kind = request.uri.queryParameters["kind"].flatMap { MessageContent.Media.Kind(rawValue: String($0)) }
        if kind == nil {
            let kinds = MessageContent.Media.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            let isGiven = request.uri.queryParameters["kind"] != nil
            problems.append(
                RequestProblem(
                    pointer: "?kind", code: isGiven ? "wrong_value" : "missing", detail: "must be one of \(kinds)"))
        }
        filename =
            request.uri.queryParameters["filename"].map(String.init)
            ?? request.headers[.contentDisposition].flatMap(ContentDisposition.filename)
        if let filename, !Self.isName(filename) {
            problems.append(
                RequestProblem(
                    pointer: "?filename", code: "wrong_value",
                    detail: "must have 1 to 255 characters, without slashes and control characters"))
        }
        guard let kind, problems.isEmpty else { throw Problem.invalid(problems) }
        self.kind = kind
        declaredType = request.headers[.contentType]
        limit = Self.limit(kind, tenant.desks.map(\.manifest))
    }

    /// The most that any channel of the tenant takes of the kind.
    static func limit(_ kind: MessageContent.Media.Kind, _ manifests: [AdapterManifest]) -> Int {
        manifests.flatMap(\.media).filter { $0.kind == kind }.map(\.maximumBytes).max() ?? defaultLimit
    }

    private static func isName(_ text: String) -> Bool {
        filenameLength.contains(text.unicodeScalars.count)
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.properties.generalCategory != .control && scalar != "/" && scalar != "\\"
            }
    }
}
