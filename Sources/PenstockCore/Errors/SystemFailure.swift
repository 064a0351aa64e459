internal import Glibc

/// Puts the operating system's error numbers into sentences.
package enum SystemFailure {
    /// A failure to read `path`.
    package static func reading(_ path: FilePath, _ number: Int32) -> PenstockError {
        switch number {
        case ENOENT, ENOTDIR:
            PenstockError(.notFound, at: .read, "\(path) does not exist.", status: number)
        case EACCES, EPERM:
            PenstockError(.permissionDenied, at: .read, "\(path) may not be read by this user.", status: number)
        default:
            PenstockError(.inputOutput, at: .read, "\(path) could not be read: \(text(number)).", status: number)
        }
    }

    /// A failure to write `path`.
    ///
    /// - Parameter canResume: Whether what is written are results, which a job can go on with.
    package static func writing(_ path: FilePath, _ number: Int32, canResume: Bool = false) -> PenstockError {
        switch number {
        case ENOSPC, EDQUOT:
            PenstockError(
                .inputOutput,
                at: .write,
                "\(path) could not be written: the disk is full. Make room and run again"
                    + (canResume ? " with --resume." : "."),
                status: number
            )
        case EACCES, EPERM, EROFS:
            PenstockError(.permissionDenied, at: .write, "\(path) may not be written by this user.", status: number)
        case ENOENT, ENOTDIR:
            PenstockError(.notFound, at: .write, "\(path) cannot be made: its folder does not exist.", status: number)
        case ENAMETOOLONG:
            PenstockError(
                .inputOutput,
                at: .write,
                "\(path) cannot be made: its name is too long for this disk. Give it a shorter one.",
                status: number
            )
        default:
            PenstockError(.inputOutput, at: .write, "\(path) could not be written: \(text(number)).", status: number)
        }
    }

    /// Whether an error is about a disk, or a share of it, that has no room.
    package static func isFullDisk(_ error: PenstockError) -> Bool {
        error.stage == .write && [ENOSPC, EDQUOT].contains(error.status)
    }

    /// The system's own words for an error number, in lower case for use inside a sentence.
    package static func text(_ number: Int32) -> String {
        // `strerror` returns a string that this thread may read until its next call.
        let text = unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
