import AsyncHTTPClient
import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Words for what went wrong on the way, from a closed set: no address, host, header or byte of a peer gets into them.
enum OutgoingReason {
    static func text(for error: any Error) -> String {
        switch error {
        case let error as HTTPClientError:
            return words(error)
        case let error as IOError:
            return words(errno: error.errnoCode)
        case let error as OutgoingUpload.SourceError:
            return error.reason
        case is ChannelError:
            return "the connection was closed"
        default:
            // The types of the TLS and HTTP layers are named, not their contents, which may quote the peer.
            let type = String(describing: type(of: error))
            if type.contains("SSL") { return "the TLS handshake or connection failed" }
            if type.contains("HTTP") { return "the answer is not valid HTTP" }
            return "the exchange failed"
        }
    }

    private static func words(_ error: HTTPClientError) -> String {
        switch error {
        case .deadlineExceeded, .readTimeout, .writeTimeout: "the time for the call ran out"
        case .connectTimeout, .tlsHandshakeTimeout: "no connection was made in time"
        case .getConnectionFromPoolTimeout: "no connection became free in time"
        case .remoteConnectionClosed, .uncleanShutdown: "the connection was closed"
        case .cancelled, .requestStreamCancelled: "the call was cancelled"
        case .alreadyShutdown: "the hub is shutting down"
        default: error.shortDescription
        }
    }

    private static func words(errno code: CInt) -> String {
        switch code {
        case ECONNREFUSED: "the connection was refused"
        case ECONNRESET, EPIPE: "the connection was reset"
        case ETIMEDOUT: "no connection was made in time"
        case EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL: "there is no route to the host"
        case EMFILE, ENFILE: "the hub has no free file descriptor"
        default: "system error \(code)"
        }
    }
}
