import Foundation

/// A small RTSP server on loopback, which serves what the `ffmpeg` program sends it as RTP: motion JPEG, interleaved with
/// the answers on the client's one connection, as cameras behind a firewall do.
final class RTSPServer: Sendable {
    let address: String
    private let listener: Int32
    private let media: Int32
    private let program = Process()

    init() throws {
        let (listener, port) = try Loopback.listen()
        let (media, mediaPort) = try Loopback.bind(SOCK_DGRAM)
        (self.listener, self.media) = (listener, media)
        address = "rtsp://127.0.0.1:\(port)/stream"
        program.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let source = ["-re", "-f", "lavfi", "-i", "testsrc2=size=160x96:rate=25", "-pix_fmt", "yuvj420p"]
        let codec = ["-c:v", "mjpeg", "-huffman", "default", "-force_duplicated_matrix", "1"]
        program.arguments =
            ["ffmpeg", "-nostdin", "-v", "error"] + source + codec
            + ["-f", "rtp", "rtp://127.0.0.1:\(mediaPort)?pkt_size=1300"]
        program.standardOutput = FileHandle.nullDevice
        program.standardError = FileHandle.nullDevice
        try program.run()
        Thread {
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                Self.serve(client, media)
                close(client)
            }
        }.start()
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        kill(program.processIdentifier, SIGKILL)
        program.waitUntilExit()
        close(media)
    }

    private static func serve(_ client: Int32, _ media: Int32) {
        var text = ""
        while let bytes = Loopback.receive(from: client) {
            text += String(decoding: bytes, as: UTF8.self)
            while let end = text.range(of: "\r\n\r\n") {
                let request = String(text[..<end.lowerBound])
                text = String(text[end.upperBound...])
                guard Loopback.sendAll(Array(answer(to: request).utf8), to: client) else { return }
                if request.hasPrefix("PLAY") { return play(client, media) }
            }
        }
    }

    private static func answer(to request: String) -> String {
        let sequence = request.split(separator: "\r\n").first { $0.lowercased().hasPrefix("cseq:") } ?? "CSeq: 0"
        let head = "RTSP/1.0 200 OK\r\n\(sequence)\r\n"
        switch request.prefix(while: { $0 != " " }) {
        case "OPTIONS": return head + "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n"
        case "DESCRIBE":
            let lines = [
                "v=0", "o=- 0 0 IN IP4 127.0.0.1", "s=test", "t=0 0", "m=video 0 RTP/AVP 26", "c=IN IP4 0.0.0.0",
                "a=control:track",
            ]
            let body = lines.map { $0 + "\r\n" }.joined()
            return head + "Content-Type: application/sdp\r\nContent-Length: \(body.utf8.count)\r\n\r\n" + body
        case "SETUP":
            return head + "Session: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n"
        default: return head + "Session: 1\r\n\r\n"
        }
    }

    private static func play(_ client: Int32, _ media: Int32) {
        while let packet = Loopback.receive(from: media) {
            let count = UInt16(packet.count)
            let head: [UInt8] = [UInt8(ascii: "$"), 0, UInt8(count >> 8), UInt8(count & 0xFF)]
            guard Loopback.sendAll(head + packet, to: client) else { return }
        }
    }
}
