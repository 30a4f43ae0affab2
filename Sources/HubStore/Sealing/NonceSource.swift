import Crypto
import Synchronization

/// Random 96-bit nonces, drawn from the system's generator a few hundred at a time: a system call for each would cost more
/// than the sealing.
final class NonceSource: Sendable {
    private static let size = 12
    private static let stock = 4096

    private let bytes = Mutex<ArraySlice<UInt8>>([])

    func next() -> ArraySlice<UInt8> {
        bytes.withLock { bytes in
            if bytes.count < Self.size {
                bytes = SymmetricKey(size: SymmetricKeySize(bitCount: Self.stock * 8)).withUnsafeBytes {
                    ArraySlice($0)
                }
            }
            defer { bytes = bytes.dropFirst(Self.size) }
            return bytes.prefix(Self.size)
        }
    }
}
