import Foundation
import PenstockCore
import Testing

@testable import PenstockImages

/// A server on this machine that answers well, badly, slowly and not at all.
///
/// It ends when its standard input does, which is when this process ends.
final class LoopbackServer: Sendable {
    static let shared = try! LoopbackServer()

    private let input = Pipe()
    let port: Int

    private init() throws {
        let process = Process()
        let output = Pipe()
        process.standardInput = input
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", Self.program]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    }

    func address(_ path: String) -> String { "http://127.0.0.1:\(port)/\(path)" }

    private static let program = #"""
        import http.server, os, sys, threading, time
        BODY = bytes(range(256)) * 400
        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *arguments): pass
            protocol_version = "HTTP/1.1"
            def do_GET(self):
                name = self.path.strip("/")
                if name.isdigit():
                    self.send_response(int(name)); self.send_header("Content-Length", "0"); self.end_headers(); return
                if name == "stall":
                    time.sleep(30); return
                if name == "redirect":
                    self.send_response(302); self.send_header("Location", "/good"); self.end_headers(); return
                if name == "to-file":
                    self.send_response(302); self.send_header("Location", "file:///etc/passwd"); self.end_headers(); return
                self.send_response(200)
                if name == "chunked":
                    self.send_header("Transfer-Encoding", "chunked"); self.end_headers()
                    for start in range(0, len(BODY), 7000):
                        piece = BODY[start:start + 7000]
                        self.wfile.write(b"%x\r\n" % len(piece) + piece + b"\r\n")
                    self.wfile.write(b"0\r\n\r\n"); return
                self.close_connection = True
                if name not in ("unsized", "trickle"):
                    self.send_header("Content-Length", "0" if name == "empty" else str(len(BODY)))
                self.end_headers()
                if name == "empty": return
                if name == "trickle":
                    try:
                        while True: self.wfile.write(b"x"); self.wfile.flush(); time.sleep(0.05)
                    except OSError: return
                self.wfile.write(BODY[:1000] if name in ("short", "stall-within") else BODY)
                self.wfile.flush()
                if name == "stall-within": time.sleep(30)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
        print(server.server_address[1], flush=True)
        server.serve_forever()
        """#
}

@Suite struct URLFetcherTests {
    private let server = LoopbackServer.shared
    private let body = (0..<102_400).map { UInt8(truncatingIfNeeded: $0) }

    private func fetch(
        _ address: String,
        cancellation: CancellationFlag = CancellationFlag(),
        _ configure: (inout URLFetcher.Configuration) -> Void = { _ in }
    ) -> Result<[UInt8], PenstockError> {
        var configuration = URLFetcher.Configuration()
        configuration.idleTimeout = .seconds(5)
        configure(&configuration)
        let fetcher = URLFetcher(configuration, cancellation: cancellation)
        do throws(PenstockError) {
            return .success([UInt8](try fetcher.fetch(address)))
        } catch {
            return .failure(error)
        }
    }

    private func failure(
        _ path: String,
        _ configure: (inout URLFetcher.Configuration) -> Void = { _ in }
    ) -> PenstockError? {
        if case .failure(let error) = fetch(server.address(path), configure) { return error }
        return nil
    }

    @Test(arguments: ["good", "redirect", "unsized", "chunked"])
    func `a body arrives whole`(path: String) throws {
        #expect(try fetch(server.address(path)).get() == body)
    }

    @Test(arguments: [
        ("404", PenstockError.Code.notFound, "404"), ("403", .permissionDenied, "403"),
        ("401", .permissionDenied, "401"), ("410", .inputOutput, "4"), ("500", .inputOutput, "5"),
        ("503", .inputOutput, "5"), ("empty", .corrupt, "nothing"), ("short", .inputOutput, "broke"),
    ])
    func `a refusal says what the server said`(path: String, code: PenstockError.Code, words: String) throws {
        let error = try #require(failure(path))
        #expect(error.code == code && error.stage == .read, "\(error.message)")
        #expect(error.message.contains(words), "\(error.message)")
    }

    @Test func `a redirect leads to no other protocol`() throws {
        let error = try #require(failure("to-file"))
        #expect(!error.message.contains("root"))
    }

    @Test(arguments: ["stall", "stall-within"])
    func `a silent server times out`(path: String) throws {
        let start = ContinuousClock.now
        let error = try #require(failure(path) { $0.idleTimeout = .milliseconds(300) })
        #expect(error.code == .timedOut, "\(error.message)")
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test(arguments: ["stall", "trickle"])
    func `the deadline holds for the whole`(path: String) throws {
        let start = ContinuousClock.now
        let error = try #require(failure(path) { $0.deadline = .milliseconds(400) })
        #expect(error.code == .timedOut && error.message.contains("limit"), "\(error.message)")
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func `a raised flag ends a fetch under way`() throws {
        let flag = CancellationFlag()
        let address = server.address("stall")
        DispatchQueue.global().asyncAfter(deadline: .now() + 0.2) { flag.raise() }
        guard case .failure(let error) = fetch(address, cancellation: flag) else { return #expect(Bool(false)) }
        #expect(error.code == .cancelled)
    }

    @Test(arguments: ["good", "unsized", "trickle"])
    func `a body over the limit is given up`(path: String) throws {
        let error = try #require(failure(path) { $0.maxBytes = path == "trickle" ? 10 : 50_000 })
        #expect(error.code == .tooLarge, "\(error.message)")
    }

    @Test func `addresses that lead nowhere say why`() throws {
        let expected = [
            ("http://127.0.0.1:1/x.jpg", "refuses the connection"), ("http://no.such.host.invalid/x.jpg", "not known"),
            ("ftp://127.0.0.1/x.jpg", "Only http"), ("https://127.0.0.1:\(server.port)/good", "TLS"),
        ]
        for (address, words) in expected {
            guard case .failure(let error) = fetch(address) else { return #expect(Bool(false)) }
            #expect(error.message.contains(words), "\(error.message)")
        }
    }
}
