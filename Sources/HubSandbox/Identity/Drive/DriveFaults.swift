/// What goes wrong at Drive on request. They stand on Google's board (`/_sandbox/google/faults`).
enum DriveFaults {
    static let known: [ProviderFault] = [
        ProviderFault(
            "drive_error", .object(["status", "reason", "message", "retry_after"]),
            "calls of Drive are refused so, by default with 503 backendError"),
        ProviderFault("drive_delay", .whole(0...600_000), "calls of Drive take so many milliseconds longer"),
        ProviderFault("drive_unauthorized", "calls of Drive are refused with 401, whatever the token"),
        ProviderFault("storage_quota_exceeded", "what would store something is refused with 403 (row 100)"),
        ProviderFault(
            "user_rate_limit_exceeded", .whole(0...3600),
            "calls of Drive are refused with 403 and so many seconds of Retry-After (row 100)"),
        ProviderFault("rate_limit_429", .whole(0...3600), "the same with 429 (row 100)"),
        ProviderFault("upload_unauthorized", "a part of an upload is refused with 401 and not taken (row 100)"),
        ProviderFault("upload_unavailable", "a part of an upload is refused with 503 and not taken"),
        ProviderFault("upload_without_range", "a part is not taken, and the 308 has no Range (row 100)"),
        ProviderFault("upload_range_smaller", "half of a part is taken, in steps of 256 KiB (row 100)"),
        ProviderFault("upload_session_gone", "the session is gone: 404 (row 100)"),
        ProviderFault("upload_reply_lost", "the last part is taken, and its connection closes (row 100)"),
        ProviderFault("create_reply_lost", "a file is made in one call, and the connection closes"),
        ProviderFault("upload_location", .text, "the session's address is this, or on another host (row 101)"),
        ProviderFault("download_redirect", .text, "downloads redirect to this, or to another host (row 102)"),
        ProviderFault("download_truncated", "downloads end halfway, and the connection closes"),
        ProviderFault("download_corrupt", "a byte of a download is another"),
    ]
}
