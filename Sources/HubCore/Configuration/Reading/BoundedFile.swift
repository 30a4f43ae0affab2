#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Reads small text files, and nothing that could hold the hub up: no device, no pipe, no file without end.
enum BoundedFile {
    /// Why a file was not read, without its content.
    struct Failure: Error, Equatable {
        var reason: String
        var isMissing = false
    }

    static func text(atPath path: String, maximumBytes: Int) throws(Failure) -> String {
        guard !path.utf8.contains(0) else { throw Failure(reason: "the path is not valid") }
        // Without O_NONBLOCK, opening a pipe would wait for a writer.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw Failure(reason: "it is not a regular file") }

        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        while bytes.count <= maximumBytes {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0 {
                guard errno == EINTR else { throw failure(errno) }
                continue
            }
            if count == 0 { break }
            bytes.append(contentsOf: buffer[..<count])
        }
        guard bytes.count <= maximumBytes else {
            throw Failure(reason: "it is larger than \(maximumBytes / 1024) KiB")
        }
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(reason: "it is not UTF-8 text")
        }
        return text
    }

    private static func failure(_ code: Int32) -> Failure {
        switch code {
        case ENOENT, ENOTDIR: Failure(reason: "there is no such file", isMissing: true)
        case EACCES, EPERM: Failure(reason: "permission denied")
        case EISDIR: Failure(reason: "it is not a regular file")
        default: Failure(reason: "system error \(code)")
        }
    }
}
