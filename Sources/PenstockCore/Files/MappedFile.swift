internal import Glibc

/// A file seen as memory, for looking into large ones without reading them whole.
@safe package struct MappedFile: ~Copyable {
    private let bytes: UnsafeRawBufferPointer

    /// Maps a regular file.
    package init(_ path: FilePath) throws(PenstockError) {
        let descriptor = unsafe path.withCString { unsafe open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw SystemFailure.reading(path, errno) }
        defer { close(descriptor) }
        guard case .regular(let size) = FileSystem.kind(path) else {
            throw PenstockError(.notAFile, at: .read, "\(path) is not a file.")
        }
        guard size > 0 else {
            unsafe bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        // A private mapping of the whole file, given back in deinit. The file must not shrink while it is mapped:
        // model files are not written to while they are read.
        let start = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard unsafe start != MAP_FAILED else { throw SystemFailure.reading(path, errno) }
        unsafe bytes = UnsafeRawBufferPointer(start: start, count: size)
    }

    deinit {
        if let start = unsafe bytes.baseAddress {
            unsafe _ = munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
        }
    }

    /// Calls `body` with the file's bytes, valid only inside it.
    package borrowing func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        unsafe try body(bytes)
    }
}
