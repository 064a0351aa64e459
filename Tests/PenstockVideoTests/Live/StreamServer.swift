import Foundation

/// A real server on loopback: the `ffmpeg` program, which sends a moving test picture in real time.
final class StreamServer: Sendable {
    /// What it speaks.
    enum Kind: String, Sendable, CaseIterable {
        /// Motion JPEG in a multipart answer, as cheap cameras send it.
        case multipartJPEG
        /// H.264 in an MPEG transport stream, over http.
        case transportOverHTTP
        /// The same over a bare connection.
        case transportOverTCP
        /// The same in packets without a connection.
        case transportOverUDP
    }

    let address: String
    private let process = Process()

    /// Starts a server. All but UDP's serve one client, and end when it leaves.
    ///
    /// It announces 25 frames a second; `leavingOut` says which of them it does not send.
    init(_ kind: Kind, port: UInt16, leavingOut selection: String = "0") throws {
        address = kind.address(port)
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let source = ["-re", "-f", "lavfi", "-i", "testsrc2=size=160x96:rate=25"]
        let filter = ["-vf", "select='not(\(selection))'", "-fps_mode", "vfr"]
        process.arguments = ["ffmpeg", "-nostdin", "-v", "error"] + source + filter + kind.output(address)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        kill()
    }

    /// Ends it as a power cut would.
    func kill() {
        guard process.isRunning else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Has it send nothing, with the connection left open.
    func suspend() { Foundation.kill(process.processIdentifier, SIGSTOP) }
}

extension StreamServer.Kind {
    func address(_ port: UInt16) -> String {
        switch self {
        case .multipartJPEG, .transportOverHTTP: "http://127.0.0.1:\(port)/stream"
        case .transportOverTCP: "tcp://127.0.0.1:\(port)"
        case .transportOverUDP: "udp://127.0.0.1:\(port)"
        }
    }

    fileprivate func output(_ address: String) -> [String] {
        let h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-g", "12", "-f", "mpegts"]
        return switch self {
        case .multipartJPEG: ["-c:v", "mjpeg", "-f", "mpjpeg", "-listen", "1", address]
        case .transportOverHTTP: h264 + ["-listen", "1", address]
        case .transportOverTCP: h264 + ["\(address)?listen=1"]
        case .transportOverUDP: h264 + ["\(address)?pkt_size=1316"]
        }
    }
}
