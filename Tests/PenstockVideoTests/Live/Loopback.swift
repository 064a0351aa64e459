import Foundation

/// Sockets on loopback, as tests need them.
enum Loopback {
    struct Failure: Error {
        let call: String
        let number = errno
    }

    /// A socket that is bound to a port of the system's choice.
    static func bind(_ kind: __socket_type) throws -> (descriptor: Int32, port: UInt16) {
        let descriptor = socket(AF_INET, Int32(kind.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(call: "socket") }
        var address = self.address(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(descriptor, $0, length) == 0 ? getsockname(descriptor, $0, &length) : -1
            }
        }
        guard status == 0 else { throw Failure(call: "bind") }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    /// A socket to which clients connect.
    static func listen() throws -> (descriptor: Int32, port: UInt16) {
        let (descriptor, port) = try bind(SOCK_STREAM)
        guard Glibc.listen(descriptor, 8) == 0 else { throw Failure(call: "listen") }
        return (descriptor, port)
    }

    /// A port that nobody listens on.
    static func freePort(_ kind: __socket_type = SOCK_STREAM) throws -> UInt16 {
        let (descriptor, port) = try bind(kind)
        close(descriptor)
        return port
    }

    /// Connects, trying again while nobody listens yet; `nil` when that goes on for ten seconds.
    static func connect(_ port: UInt16) -> Int32? {
        for _ in 0..<500 {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
            var address = self.address(port)
            let status = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            if status == 0 { return descriptor }
            close(descriptor)
            usleep(20_000)
        }
        return nil
    }

    /// Sends everything; `false` when the other side is gone.
    static func sendAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// What has come; `nil` when the other side is gone.
    static func receive(from descriptor: Int32) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return count > 0 ? Array(buffer.prefix(count)) : nil
    }

    private static func address(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}

/// Stands between a server and one client, and damages what passes.
final class DamagingRelay: Sendable {
    let port: UInt16
    private let listener: Int32

    /// Passes on what the server sends, turning one bit of every `interval` bytes after the first `sparing`; but text,
    /// such as headers, is left alone.
    init(to server: UInt16, sparing: Int = 20_000, interval: Int = 2000) throws {
        (listener, port) = try Loopback.listen()
        Thread { [listener] in
            let client = accept(listener, nil, nil)
            guard client >= 0, let upstream = Loopback.connect(server) else { return }
            let asking = Thread {
                while let bytes = Loopback.receive(from: client), Loopback.sendAll(bytes, to: upstream) {}
            }
            asking.start()
            defer {
                // Ends the other thread, which must be done with both before they are closed.
                shutdown(client, Int32(SHUT_RDWR))
                while !asking.isFinished { usleep(1000) }
                close(client)
                close(upstream)
            }
            var (passed, next) = (0, sparing)
            while var bytes = Loopback.receive(from: upstream) {
                for index in bytes.indices where passed + index >= next && bytes[index] >= 0x80 {
                    bytes[index] ^= 0x10
                    next += interval
                }
                passed += bytes.count
                guard Loopback.sendAll(bytes, to: client) else { return }
            }
        }.start()
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }
}
