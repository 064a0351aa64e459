/// A path as the operating system sees it: bytes without a NUL, which need not be valid UTF-8.
public struct FilePath: Hashable, Sendable {
    /// The bytes, without a closing NUL.
    public let bytes: [UInt8]

    /// Makes a path from bytes; anything from a NUL on is left out, since no path can hold one.
    public init(bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes.prefix { $0 != 0 })
    }

    /// Makes a path from text.
    public init(_ text: String) {
        self.init(bytes: text.utf8)
    }
}

extension FilePath: CustomStringConvertible, ExpressibleByStringLiteral {
    /// The path as text, with U+FFFD in place of bytes that are not UTF-8.
    public var description: String { String(decoding: bytes, as: UTF8.self) }

    /// Makes a path from a literal.
    public init(stringLiteral value: String) {
        self.init(value)
    }
}

extension FilePath: Comparable {
    /// Orders paths by their bytes.
    public static func < (left: FilePath, right: FilePath) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

extension FilePath {
    /// Whether the bytes are valid UTF-8, so that `description` loses nothing.
    package var isText: Bool { String(validating: bytes, as: UTF8.self) != nil }

    /// The part after the last slash.
    package var lastComponent: ArraySlice<UInt8> {
        bytes.lastIndex(of: UInt8(ascii: "/")).map { bytes[($0 + 1)...] } ?? bytes[...]
    }

    /// The part after the last dot of the last component, in lower case; empty when there is none.
    package var lowercasedExtension: String {
        guard let dot = lastComponent.lastIndex(of: UInt8(ascii: ".")), dot > lastComponent.startIndex else {
            return ""
        }
        return String(decoding: lastComponent[(dot + 1)...], as: UTF8.self).lowercased()
    }

    /// The folder that holds this, or `.`.
    package var parent: FilePath {
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == 0 ? "/" : FilePath(bytes: bytes[..<slash])
    }

    /// This folder's entry of the given name.
    package func appending(_ name: some Sequence<UInt8>) -> FilePath {
        let separator: [UInt8] = bytes.last == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")]
        return FilePath(bytes: bytes + separator + name)
    }

    /// This folder's entry of the given name.
    package func appending(_ name: String) -> FilePath {
        appending(name.utf8)
    }

    /// Calls `body` with the path as a C string, valid only inside it.
    package func withCString<Result, Failure: Error>(
        _ body: (UnsafePointer<CChar>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var terminated = bytes.map { CChar(bitPattern: $0) }
        terminated.append(0)
        // The array outlives the call, and ends in the NUL that C looks for.
        return unsafe try terminated.withUnsafeBufferPointer { (buffer) throws(Failure) in
            unsafe try body(buffer.baseAddress!)
        }
    }
}
