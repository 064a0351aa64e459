import CFFmpeg
import PenstockCore

/// What can go wrong between here and a server. The caller says which address.
extension PenstockError {
    static let notFetched = Self(
        .invalidConfiguration,
        at: .read,
        "Only http and https addresses are fetched. Download it, and give the path."
    )

    static let emptyBody = Self(.corrupt, at: .read, "The server sent nothing. Check the address in a browser.")

    static let fetchCancelled = Self(.cancelled, at: .read, "The download was given up because the job was stopped.")

    static func bodyTooLarge(limit: Int) -> Self {
        Self(
            .tooLarge,
            at: .read,
            "The server sends more than \(limit) bytes, the most that is fetched. Check the address, or download it and give the file."
        )
    }

    static func fetchTooLong(_ deadline: Duration) -> Self {
        let message =
            "The download took longer than \(deadline), which is the limit. Try again, or allow more with --timeout."
        return Self(.timedOut, at: .read, message)
    }

    /// A status of FFmpeg's while connecting or reading.
    static func fetching(_ status: Int32, reading: Bool, _ said: String, idle: Duration) -> Self {
        let (code, message) = reason(status, reading: reading, said, idle: idle)
        return Self(code, at: .read, message, status: status)
    }

    private static func reason(_ status: Int32, reading: Bool, _ said: String, idle: Duration) -> (Code, String) {
        switch status {
        case penstock_av_error_not_found:
            (.notFound, "The server has nothing at this address (404). Check it.")
        case penstock_av_error_forbidden:
            (.permissionDenied, "The server refuses this address to us (403). It may want a log-in or a fresh link.")
        case penstock_av_error_unauthorized:
            (.permissionDenied, "The server wants a log-in for this address (401). Download it with one first.")
        case penstock_av_error_bad_request, penstock_av_error_other_4xx:
            (.inputOutput, "The server refuses the request (\(said.isEmpty ? "4xx" : said)). Check the address.")
        case penstock_av_error_server:
            (.inputOutput, "The server failed (\(said.isEmpty ? "5xx" : said)). Try again later.")
        case penstock_av_error(ETIMEDOUT), penstock_av_error(EAGAIN):
            (.timedOut, "The server has not answered for \(idle). Check the network, or try again later.")
        case penstock_av_error(ECONNREFUSED):
            (.inputOutput, "The server's machine refuses the connection. Check the address's host and port.")
        case penstock_av_error(ENETUNREACH), penstock_av_error(EHOSTUNREACH):
            (.inputOutput, "The server cannot be reached from here. Check the network.")
        case penstock_av_error_protocol:
            (.unsupported, "The server redirects to a protocol that is not spoken here. Only http and https are.")
        default:
            other(reading: reading, said)
        }
    }

    private static func other(reading: Bool, _ said: String) -> (Code, String) {
        if said.contains("resolve hostname") {
            return (.notFound, "The host's name is not known. Check the address and the network.")
        }
        if said.contains("certificate") || said.contains("TLS") {
            return (.permissionDenied, "The server's certificate is not trusted (\(said)). Check the address.")
        }
        let because = said.isEmpty ? "" : " (\(said))"
        let what = reading ? "The connection broke before the whole picture came" : "The download could not start"
        return (.inputOutput, "\(what)\(because). Try again.")
    }
}
