package import PenstockCore

/// One word of the command line, as the bytes that the system passed: a path among them need not be valid UTF-8.
package struct Argument: Hashable, Sendable {
    /// The bytes, without the closing NUL.
    package let bytes: [UInt8]

    /// Makes an argument from bytes.
    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The argument as text, with U+FFFD in place of bytes that are not UTF-8.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The argument as a path, every byte kept.
    package var path: FilePath { FilePath(bytes: bytes) }
}

extension Argument: ExpressibleByStringLiteral {
    /// Makes an argument from a literal.
    package init(stringLiteral value: String) {
        self.init(bytes: Array(value.utf8))
    }
}

extension Argument {
    /// What this process was started with, without the program's own name.
    ///
    /// `CommandLine.arguments` repairs what is not UTF-8, and so loses the names of some files.
    package static func ofThisProcess() -> [Argument] {
        var arguments: [Argument] = []
        // The system keeps `argc` strings, each closed by a NUL, for the life of the process.
        let values = unsafe CommandLine.unsafeArgv
        for index in 1..<max(1, Int(CommandLine.argc)) {
            guard let value = unsafe values[index] else { break }
            arguments.append(unsafe Argument(closedByNUL: value))
        }
        return arguments
    }

    private init(closedByNUL pointer: UnsafePointer<CChar>) {
        var bytes: [UInt8] = []
        var next = unsafe pointer
        // The caller vouches for a NUL, which ends the walk.
        while unsafe next.pointee != 0 {
            bytes.append(UInt8(bitPattern: unsafe next.pointee))
            unsafe next += 1
        }
        self.init(bytes: bytes)
    }
}
