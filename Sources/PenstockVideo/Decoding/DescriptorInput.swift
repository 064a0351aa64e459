internal import CFFmpeg
internal import Glibc
internal import PenstockCore

/// Bytes from a pipe or a device, as FFmpeg's demuxers read them: never waiting longer than its patience lasts.
///
/// FFmpeg's own pipes wait for ever.
@safe final class DescriptorInput {
    private static let bufferSize = 64 << 10

    private let descriptor: Int32
    private let closesDescriptor: Bool
    private let patience: ReadPatience
    /// What a demuxer reads from, as long as this object lives.
    private(set) var context: UnsafeMutablePointer<AVIOContext>?

    /// Reads a file that need not be a regular one.
    init(_ path: FilePath, _ patience: ReadPatience) throws(PenstockError) {
        // Opened without waiting: a pipe that nobody writes to would otherwise hold the thread for ever.
        let flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
        descriptor = unsafe path.withCString { unsafe open($0, flags) }
        closesDescriptor = true
        self.patience = patience
        guard descriptor >= 0 else { throw .openingVideo(errno) }
        try makeContext()
    }

    /// Reads standard input.
    init(standardInput patience: ReadPatience) throws(PenstockError) {
        descriptor = STDIN_FILENO
        closesDescriptor = false
        self.patience = patience
        try makeContext()
    }

    deinit {
        // The context and its buffer, which FFmpeg may have replaced, are this object's own.
        if unsafe context != nil { unsafe av_freep(&context!.pointee.buffer) }
        unsafe avio_context_free(&context)
        if closesDescriptor, descriptor >= 0 { close(descriptor) }
    }
}

extension DescriptorInput {
    private func makeContext() throws(PenstockError) {
        guard let buffer = unsafe av_malloc(Self.bufferSize) else { throw .noMemoryForVideo }
        // The object outlives its context; the callback is only called while a demuxer reads.
        unsafe context = avio_alloc_context(
            buffer.assumingMemoryBound(to: UInt8.self),
            Int32(Self.bufferSize),
            0,
            Unmanaged.passUnretained(self).toOpaque(),
            { opaque, destination, count in
                unsafe Unmanaged<DescriptorInput>.fromOpaque(opaque!).takeUnretainedValue().read(destination!, count)
            },
            nil,
            nil
        )
        guard unsafe context == nil else { return }
        unsafe av_free(buffer)
        throw .noMemoryForVideo
    }

    /// Fills the destination as far as there are bytes, waiting for the first of them.
    private func read(_ destination: UnsafeMutablePointer<UInt8>, _ count: Int32) -> Int32 {
        while !patience.isOver {
            guard isReadable() else { continue }
            // The demuxer gives room for `count` bytes.
            let taken = unsafe Glibc.read(descriptor, destination, Int(count))
            if taken > 0 { return Int32(taken) }
            if taken == 0 { return penstock_av_error_eof }
            guard errno == EAGAIN || errno == EINTR else { return penstock_av_error(errno) }
        }
        return penstock_av_error_exit
    }

    /// Waits a moment for bytes, or the end of them.
    private func isReadable() -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        // One structure, a local, as the count says.
        return unsafe poll(&request, 1, 50) > 0
    }
}
