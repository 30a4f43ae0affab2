import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// Drive v3 as an app sees it: `/google/drive/v3/…` and `/google/upload/drive/v3/…`. A file per part, each an extension.
struct DriveRoutes: Sendable {
    let provider: IdentityProvider
    let store: DriveStore

    func add(to google: RouterGroup<SandboxContext>) {
        let drive = google.group("drive/v3")
        addFiles(to: drive)
        addChanges(to: drive)
        addUploads(to: google.group("upload/drive/v3"))
        drive.get("about", use: handler("about", about))
    }

    /// A call of Drive whose token was found good.
    struct Call: Sendable {
        let request: Request
        let context: SandboxContext
        let query: FormFields
        let caller: DriveCaller

        /// The id in the path.
        var id: String { context.parameters.get("id") ?? "" }

        /// The partial response that was asked for.
        func fields(_ usual: String?) throws(DriveError) -> DriveFields? {
            guard let text = query["fields"] ?? usual else { return nil }
            guard let fields = DriveFields(text) else {
                throw .invalid("fields", "Invalid field selection \(text.prefix(200))")
            }
            return fields
        }
    }

    static let fileFields = "kind,id,name,mimeType"

    /// Checks faults and token before a call, and answers refusals in Drive's form.
    func handler(
        _ name: String, _ body: @escaping @Sendable (Call) async throws -> Response
    ) -> @Sendable (Request, SandboxContext) async throws -> Response {
        { request, context in
            await provider.count("drive.\(name)")
            do {
                try await failOnRequest()
                let query = request.queryFields
                let caller = try await caller(request.bearer ?? query["access_token"])
                return try await body(Call(request: request, context: context, query: query, caller: caller))
            } catch let error as DriveError {
                return error.response
            }
        }
    }

    /// What any call of Drive may meet.
    func failOnRequest() async throws {
        if let delay = await provider.take("drive_delay")?.integer {
            try await cancelWhenGracefulShutdown { try await Task.sleep(for: .milliseconds(delay)) }
        }
        if await provider.take("drive_unauthorized") != nil { throw DriveError.unauthorized }
        if let seconds = await provider.take("user_rate_limit_exceeded")?.integer {
            throw DriveError.rate(403, seconds)
        }
        if let seconds = await provider.take("rate_limit_429")?.integer { throw DriveError.rate(429, seconds) }
        if let fault = await provider.take("drive_error") {
            var error = DriveError(
                fault["status"]?.integer ?? 503, fault["reason"]?.text ?? "backendError",
                fault["message"]?.text ?? "Backend Error")
            error.retryAfter = fault["retry_after"]?.integer
            throw error
        }
    }

    /// What any call may meet that stores something.
    func failOnWriting(_ caller: DriveCaller) async throws {
        try caller.requireWriting()
        if await provider.take("storage_quota_exceeded") != nil { throw DriveError.quota }
    }

    private func caller(_ token: String?) async throws(DriveError) -> DriveCaller {
        guard let token else {
            throw DriveError(401, "required", "Login Required.")
        }
        guard let found = await provider.token(token), found.kind == .access,
            let person = provider.people[found.grant.personID]
        else { throw .unauthorized }
        guard let caller = DriveCaller(person: person, grant: found.grant) else { throw DriveCaller.scope }
        return caller
    }

    /// The bytes of a call.
    func bytes(_ request: Request) async throws -> [UInt8] {
        do {
            return Array(try await request.body.collect(upTo: DriveStore.byteLimit).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw DriveError.quota
        }
    }

    /// A call's metadata; an empty object where there is none.
    func metadata(_ request: Request) async throws -> JSON {
        let bytes = try await bytes(request)
        guard !bytes.isEmpty else { return .object([]) }
        guard let json = try? JSON.parse(bytes), json.members != nil else {
            throw DriveError(400, "parseError", "Parse Error")
        }
        return json
    }

    func answer(_ file: DriveFile, _ call: Call) throws -> Response {
        .json(try call.fields(Self.fileFields)?.select(file.json(for: call.caller)) ?? file.json(for: call.caller))
    }

    @Sendable private func about(_ call: Call) async throws -> Response {
        guard let fields = try call.fields(nil) else {
            var error = DriveError(400, "required", "The 'fields' parameter is required for this method.")
            error.location = "fields"
            throw error
        }
        let person = call.caller.person
        let usage = await store.files.values.reduce(0) { $0 + ($1.personID == person.id ? $1.bytes.count : 0) }
        let json: JSON = [
            "kind": "drive#about",
            "user": [
                "kind": "drive#user", "displayName": JSON(person.name), "me": true, "permissionId": JSON(person.id),
                "emailAddress": person.email.map { JSON($0) },
            ],
            "storageQuota": [
                "limit": JSON(String(DriveStore.byteLimit)), "usage": JSON(String(usage)),
                "usageInDrive": JSON(String(usage)), "usageInDriveTrash": "0",
            ],
            "maxUploadSize": JSON(String(DriveStore.byteLimit)), "canCreateDrives": false,
            "exportFormats": .object([.init(name: DriveFile.documentType, value: ["text/plain"])]),
        ]
        return .json(fields.select(json))
    }
}
