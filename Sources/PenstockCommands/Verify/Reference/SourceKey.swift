internal import PenstockCore

/// Hashes by which the sources of two runs find each other.
enum SourceKey {
    /// The path as it stands.
    static func text(_ source: FilePath, _ frame: Int?) -> UInt64 { hash(source.bytes[...], frame, 0) }

    /// The file that the path leads to; `nil` where there is none.
    static func resolved(_ source: FilePath, _ frame: Int?) -> UInt64? {
        FileSystem.resolved(source).map { hash($0.bytes[...], frame, -1) }
    }

    /// The path's last names, `depth` of them; `nil` where it has fewer.
    static func tail(_ source: FilePath, _ frame: Int?, depth: Int) -> UInt64? {
        let names = names(source)
        guard names.count >= depth else { return nil }
        return hash(Array(names.suffix(depth).joined(separator: "/".utf8)), frame, depth)
    }

    /// The names that a path consists of.
    static func names(_ path: FilePath) -> [ArraySlice<UInt8>] {
        path.bytes.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
    }

    private static func hash(_ bytes: some Collection<UInt8>, _ frame: Int?, _ kind: Int) -> UInt64 {
        var hash = StableHash()
        hash.combine(UInt64(bitPattern: Int64(kind)))
        hash.combine(UInt64(bitPattern: Int64(frame ?? -1)))
        hash.combine(bytes)
        return hash.value
    }
}
