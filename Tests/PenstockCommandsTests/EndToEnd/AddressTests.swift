import Foundation
import Testing

/// A server on loopback, in Python, that knows a picture, a redirect to it, a refusal and an address that never answers.
///
/// It ends when its standard input does, which is when this process ends.
private final class PictureServer: Sendable {
    static let shared = Result { try PictureServer() }

    private let input = Pipe()
    let port: Int

    private static let program = """
        import http.server, os, sys, threading, time

        picture = open(sys.argv[1], "rb").read()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path == "/stall.jpg":
                    time.sleep(30)
                elif self.path == "/moved.jpg":
                    self.send_response(302)
                    self.send_header("Location", "/star.jpg")
                    self.end_headers()
                elif self.path == "/star.jpg":
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(picture)))
                    self.end_headers()
                    self.wfile.write(picture)
                else:
                    self.send_error(404)

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
        print(server.server_port, flush=True)
        server.serve_forever()
        """

    private init() throws {
        let process = Process()
        let output = Pipe()
        process.standardInput = input
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let picture = Tool.package.appendingPathComponent("Examples/pictures/star-01.jpg").path
        process.arguments = ["python3", "-c", Self.program, picture]
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        port = try #require(Int(line.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    func address(_ name: String) -> String { "http://127.0.0.1:\(port)/\(name)" }
}

@Suite struct AddressTests {
    private func message(_ object: [String: Any]) -> String {
        (object["error"] as? [String: Any])?["message"] as? String ?? ""
    }

    private func label(_ object: [String: Any]) -> String? {
        (object["top"] as? [[String: Any]])?.first?["label"] as? String
    }

    @Test func `addresses are classified in order and each failure is its own`() throws {
        let server = try PictureServer.shared.get()
        let addresses = ["stall.jpg", "star.jpg", "moved.jpg", "missing.jpg", "star.jpg"].map(server.address)
        let start = ContinuousClock.now
        let outcome = try Tool.run(["classify"] + addresses + ["--model", Tool.model, "--timeout", "2s"])
        #expect(ContinuousClock.now - start < .seconds(20), "the address that stalls is given up")
        #expect(outcome.status == 1)
        #expect(outcome.objects.compactMap { $0["source"] as? String } == addresses)
        let objects = outcome.objects
        guard objects.count == 5 else { return }
        #expect(message(objects[0]).contains("--timeout"), "\(message(objects[0]))")
        #expect(label(objects[1]) == "star" && label(objects[2]) == "star" && label(objects[4]) == "star")
        #expect(message(objects[3]).contains("404"))
    }

    @Test func `Ctrl-C does not wait for an address that stalls`() throws {
        let server = try PictureServer.shared.get()
        let run = try Tool.start(["classify", server.address("stall.jpg"), "--model", Tool.model])
        usleep(1_500_000)
        kill(run.process.processIdentifier, SIGINT)
        let start = ContinuousClock.now
        let outcome = try run.wait()
        #expect(outcome.status == 130)
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(outcome.output.isEmpty)
    }
}
