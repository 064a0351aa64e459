internal import Glibc
internal import PenstockCore

/// Something that the system says has happened in a watched folder.
struct FolderEvent {
    /// The watch that the folder got.
    let watch: Int32
    /// What happened, as bits.
    let mask: UInt32
    /// Joins the two halves of a move.
    let cookie: UInt32
    /// Which entry of the folder; empty where it is the folder itself.
    let name: [UInt8]

    /// Whether one of the system's bits is set.
    func has(_ bit: Int32) -> Bool { mask & UInt32(bitPattern: bit) != 0 }
}

/// The system's queue of events in watched folders.
final class InotifyQueue {
    private let descriptor: Int32

    private static let wanted =
        IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR

    init() throws(PenstockError) {
        descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        guard descriptor >= 0 else { throw Self.refused(errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Watches a folder; a folder that is watched already keeps its number.
    func watch(_ folder: FilePath) throws(PenstockError) -> Int32 {
        // The call looks at the path, and keeps nothing of it.
        let watch = unsafe folder.withCString { unsafe inotify_add_watch(descriptor, $0, UInt32(Self.wanted)) }
        guard watch >= 0 else { throw Self.failure(folder, errno) }
        return watch
    }

    func stopWatching(_ watch: Int32) {
        inotify_rm_watch(descriptor, watch)
    }

    /// Sleeps until there are events, or `wakeUp` is raised.
    func wait(or wakeUp: WakeUp) {
        var requests = [descriptor, wakeUp.descriptor].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        // As many structures as the count says, in an array that outlives the call.
        _ = unsafe poll(&requests, nfds_t(requests.count), -1)
    }

    /// The events that there are; none when there are none.
    func read() throws(PenstockError) -> [FolderEvent] {
        var failure: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
            // `read` writes at most the capacity that it is given, and says how much.
            let result = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            failure = result < 0 ? errno : 0
            count = max(0, result)
        }
        guard [0, EAGAIN, EINTR].contains(failure) else { throw Self.refused(failure) }
        return Self.parse(bytes)
    }

    private static func parse(_ bytes: [UInt8]) -> [FolderEvent] {
        var events: [FolderEvent] = []
        var position = 0
        let headerSize = MemoryLayout<inotify_event>.size
        while position + headerSize <= bytes.count {
            // The system gives whole events only: a header, and behind it a name of the length that the header says.
            let header = unsafe bytes.withUnsafeBytes {
                unsafe $0.loadUnaligned(fromByteOffset: position, as: FolderEventHeader.self)
            }
            position += headerSize
            let name = bytes[position...].prefix(Int(header.length)).prefix { $0 != 0 }
            let event = FolderEvent(watch: header.watch, mask: header.mask, cookie: header.cookie, name: Array(name))
            events.append(event)
            position += Int(header.length)
        }
        return events
    }
}

/// `struct inotify_event` without its flexible array.
private struct FolderEventHeader {
    let watch: Int32
    let mask: UInt32
    let cookie: UInt32
    let length: UInt32
}

extension InotifyQueue {
    private static func refused(_ number: Int32) -> PenstockError {
        let what = "The system will not watch another folder: \(SystemFailure.text(number))."
        let advice = "Raise fs.inotify.max_user_instances (sysctl), or watch fewer folders."
        return PenstockError(.inputOutput, at: .list, "\(what) \(advice)", status: number)
    }

    private static func failure(_ folder: FilePath, _ number: Int32) -> PenstockError {
        guard number == ENOSPC else {
            var error = SystemFailure.reading(folder, number)
            error.stage = .list
            return error
        }
        let what = "\(folder) cannot be watched: the system's limit of watched folders is reached."
        let advice = "Raise fs.inotify.max_user_watches (sysctl), or watch a folder with fewer folders in it."
        return PenstockError(.inputOutput, at: .list, "\(what) \(advice)", status: number)
    }
}
