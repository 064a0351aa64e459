internal import Glibc
internal import PenstockCore

/// Reads paths from a file or a pipe, one at a time, as they come.
final class PathLines {
    private let descriptor: Int32
    private let isOwned: Bool
    /// What the list is called in messages.
    let name: FilePath
    private let separator: UInt8
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false
    private var hasRead = false
    /// When the bytes came that the last path was in; `nil` where the list was there from the beginning.
    private(set) var arrival: Arrival?

    /// A longer line is no path that any system would take.
    private static let longestLine = 65536

    /// Reads what arrives on standard input.
    init(standardInput separator: ListSeparator) {
        descriptor = STDIN_FILENO
        isOwned = false
        name = "standard input"
        self.separator = separator.rawValue
    }

    /// Opens a list.
    init(_ path: FilePath, _ separator: ListSeparator) throws(PenstockError) {
        descriptor = unsafe path.withCString { unsafe open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw SystemFailure.reading(path, errno) }
        isOwned = true
        name = path
        self.separator = separator.rawValue
    }

    deinit {
        if isOwned { close(descriptor) }
    }

    /// The next path that is not empty; `nil` at the end.
    func next() throws(PenstockError) -> FilePath? {
        while true {
            guard let line = try nextLine() else { return nil }
            let path = separator == 0x0A && line.last == 0x0D ? line.dropLast() : line
            if !path.isEmpty { return FilePath(bytes: path) }
        }
    }

    private func nextLine() throws(PenstockError) -> ArraySlice<UInt8>? {
        while true {
            if let end = buffer[start...].firstIndex(of: separator) {
                defer { start = end + 1 }
                return buffer[start..<end]
            }
            if isAtEnd {
                defer { start = buffer.count }
                return start < buffer.count ? buffer[start...] : nil
            }
            try fill()
        }
    }

    private func fill() throws(PenstockError) {
        buffer.removeSubrange(..<start)
        start = 0
        guard buffer.count < Self.longestLine else {
            isAtEnd = true
            buffer = []
            throw PenstockError(.corrupt, at: .list, "\(name) is not a list of paths: it holds a line of over 64 KiB.")
        }
        let isFirst = !hasRead
        hasRead = true
        var chunk = try Descriptor.read(descriptor, upTo: 16384, path: name)
        isAtEnd = chunk.isEmpty
        if !isOwned { arrival = .now }
        // Some editors begin a file with a mark of its encoding.
        if isFirst, chunk.starts(with: [0xEF, 0xBB, 0xBF]) { chunk.removeFirst(3) }
        buffer += chunk
    }
}
