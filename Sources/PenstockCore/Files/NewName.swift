internal import Glibc

/// Gives files names that nothing has yet.
package enum NewName {
    /// What became of an attempt.
    package enum Outcome: Hashable, Sendable {
        /// The file has the name.
        case given
        /// Something else has it.
        case taken
    }

    /// Renames a file unless the name is taken, in one step that nobody can come between.
    package static func give(_ path: FilePath, to file: FilePath) throws(PenstockError) -> Outcome {
        switch unsafe attempt(file, path, rename) {
        case 0: return .given
        case EEXIST: return .taken
        // File systems that cannot do that in one step, or kernels.
        case EINVAL, ENOSYS, ENOTSUP: return try linked(file, to: path)
        case let failure: throw SystemFailure.writing(path, failure)
        }
    }

    /// A second name is never given where there is one, and then the first is taken away.
    private static func linked(_ file: FilePath, to path: FilePath) throws(PenstockError) -> Outcome {
        switch unsafe attempt(file, path, { unsafe link($0, $1) }) {
        case 0:
            _ = unsafe file.withCString { unsafe unlink($0) }
            return .given
        case EEXIST: return .taken
        // No file has two names here: all that is left is to look first.
        case EPERM, ENOTSUP, ENOSYS, EMLINK:
            if DiskTime(ofLastChangeOf: path) != nil { return .taken }
            try AtomicFile.rename(file, to: path)
            return .given
        case let failure: throw SystemFailure.writing(path, failure)
        }
    }

    /// The system's error number; 0 for none.
    private static func attempt(
        _ file: FilePath,
        _ path: FilePath,
        _ call: (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Int32
    ) -> Int32 {
        unsafe file.withCString { file in
            // Both paths are C strings for the length of the call.
            unsafe path.withCString { unsafe call(file, $0) == 0 ? 0 : errno }
        }
    }

    /// `renameat2` with the flag that refuses to replace; glibc's header hides both from Swift.
    private static func rename(_ file: UnsafePointer<CChar>, _ path: UnsafePointer<CChar>) -> Int32 {
        guard let call = unsafe renameat2 else {
            errno = ENOSYS
            return -1
        }
        let noReplace: UInt32 = 1
        return unsafe call(AT_FDCWD, file, AT_FDCWD, path, noReplace)
    }

    private typealias RenameAt2 =
        @convention(c) (
            Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
        ) -> Int32

    /// The symbol is glibc's since 2.28, and of this type ever since.
    private static let renameat2: RenameAt2? =
        unsafe dlsym(nil, "renameat2").map { unsafe unsafeBitCast($0, to: RenameAt2.self) }
}
