import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where finished log lines go.
public protocol LogSink: Sendable {
    /// Takes one line, with its line end.
    func write(_ line: [UInt8])
}

/// Writes lines to a file descriptor, one after the other, whole.
///
/// There is no queue behind it: a line is written when ``write(_:)`` returns, so the last words before a crash are not lost.
/// It takes as long as the `write(2)` does, which for a file, a journal or a drained pipe is microseconds. What cannot be
/// written is dropped.
public final class DescriptorSink: LogSink {
    /// The process's standard error.
    public static let standardError = DescriptorSink(descriptor: STDERR_FILENO)

    private let descriptor: Mutex<CInt>

    /// - Parameter descriptor: Open for writing; stays its owner's to close.
    public init(descriptor: CInt) { self.descriptor = Mutex(descriptor) }

    public func write(_ line: [UInt8]) {
        descriptor.withLock { descriptor in
            line.withUnsafeBytes { bytes in
                var rest = bytes[...]
                while !rest.isEmpty {
                    let count = posixWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
                    if count > 0 {
                        rest = rest.dropFirst(count)
                    } else if errno != EINTR {
                        return
                    }
                }
            }
        }
    }
}

/// `write(2)`, under a name that the method above does not hide.
private func posixWrite(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}
