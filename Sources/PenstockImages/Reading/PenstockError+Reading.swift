import Glibc
import PenstockCore

/// What can go wrong before a picture's bytes are there. The caller says which file.
extension PenstockError {
    static let emptyFile = Self(
        .corrupt,
        at: .read,
        "The file is empty: it holds no bytes. Copy or download it again."
    )

    static let brokenLink = Self(
        .notFound,
        at: .read,
        "This is a broken symbolic link: what it points to does not exist. Mend or remove it."
    )

    static let changedWhileRead = Self(
        .inputOutput,
        at: .read,
        "The file changed size while it was read, so somebody is still writing it. Try again when that is done."
    )

    static func notAFile(_ kind: String) -> Self {
        Self(.notAFile, at: .read, "This is \(kind), not a file with a picture in it.")
    }

    static func tooManyBytes(_ count: Int, limit: Int) -> Self {
        Self(
            .tooLarge,
            at: .read,
            "The file has \(count) bytes, and the limit is \(limit). If it is a picture, save it smaller."
        )
    }

    /// Opening failed with an error number.
    static func opening(_ number: Int32) -> Self {
        switch number {
        case ENOENT:
            Self(.notFound, at: .read, "There is no such file. Check the path.", status: number)
        case ENOTDIR:
            Self(.notFound, at: .read, "There is no such file: part of the path is not a folder.", status: number)
        case EACCES, EPERM:
            Self(
                .permissionDenied,
                at: .read,
                "Permission denied: this user may not read it. Check its mode and those of its folders.",
                status: number
            )
        case ELOOP:
            Self(
                .notFound,
                at: .read,
                "The symbolic links of this path go round in a circle (or are over 40 deep). Mend or remove them.",
                status: number
            )
        case ENAMETOOLONG:
            Self(.notFound, at: .read, "The path is longer than the system allows.", status: number)
        case EMFILE, ENFILE:
            Self(
                .inputOutput,
                at: .read,
                "Too many files are open in this process. Raise the limit (ulimit -n) or lower --workers.",
                status: number
            )
        default:
            reading("The file could not be opened", number)
        }
    }

    /// A system call failed; the system's own words follow.
    static func reading(_ what: String, _ number: Int32) -> Self {
        var text = [CChar](repeating: 0, count: 128)
        // The call fills at most the given count, and ends it with a NUL.
        unsafe strerror_r(number, &text, text.count)
        let reason = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return Self(.inputOutput, at: .read, "\(what): \(reason).", status: number)
    }
}
