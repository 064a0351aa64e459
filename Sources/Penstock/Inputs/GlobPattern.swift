internal import Glibc
internal import PenstockCore

/// A pattern of path names: `*`, `?` and `[…]` within a name, `**` for any number of folders that are not hidden.
struct GlobPattern: Hashable, Sendable {
    /// The folder in which the first wildcard is looked for.
    let base: FilePath
    /// The names that must match below it, one a level.
    let levels: [FilePath]

    /// Parses a pattern; `nil` when there is no wildcard in it.
    init?(_ pattern: FilePath) {
        let parts = pattern.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true)
        guard let first = parts.firstIndex(where: { $0.contains(where: Self.isWildcard) }) else { return nil }
        let isAbsolute = pattern.bytes.first == UInt8(ascii: "/")
        let prefix = parts[..<first].joined(separator: [UInt8(ascii: "/")])
        base = FilePath(bytes: (isAbsolute ? [UInt8(ascii: "/")] : []) + prefix)
        levels = parts[first...].map { FilePath(bytes: $0) }
    }

    private static func isWildcard(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "[")
    }

    /// Whether names below the base, one a level, match the whole pattern.
    func matches(_ names: [FilePath]) -> Bool {
        matches(names[...], levels[...])
    }

    /// Whether something below these folders could still match.
    func mayMatch(below names: [FilePath]) -> Bool {
        mayMatch(names[...], levels[...])
    }

    private func matches(_ names: ArraySlice<FilePath>, _ levels: ArraySlice<FilePath>) -> Bool {
        guard let level = levels.first else { return names.isEmpty }
        if level.isDoubleStar {
            if matches(names, levels.dropFirst()) { return true }
            guard let name = names.first, !name.isHidden else { return false }
            return matches(names.dropFirst(), levels)
        }
        guard let name = names.first, level.accepts(name) else { return false }
        return matches(names.dropFirst(), levels.dropFirst())
    }

    private func mayMatch(_ names: ArraySlice<FilePath>, _ levels: ArraySlice<FilePath>) -> Bool {
        guard let level = levels.first else { return false }
        guard let name = names.first else { return true }
        if level.isDoubleStar {
            return mayMatch(names, levels.dropFirst()) || (!name.isHidden && mayMatch(names.dropFirst(), levels))
        }
        return level.accepts(name) && mayMatch(names.dropFirst(), levels.dropFirst())
    }
}

extension FilePath {
    fileprivate var isHidden: Bool { bytes.first == UInt8(ascii: ".") }

    fileprivate var isDoubleStar: Bool { bytes == [UInt8(ascii: "*"), UInt8(ascii: "*")] }

    /// Whether a name matches this pattern of one level; a leading dot must be written out.
    fileprivate func accepts(_ name: FilePath) -> Bool {
        unsafe withCString { pattern in
            // Both strings live for the length of the call.
            unsafe name.withCString { unsafe fnmatch(pattern, $0, FNM_PERIOD) == 0 }
        }
    }
}
