internal import PenstockCore

/// Hashes by which the sources of two runs find each other.
enum SourceKey {
    /// The path as it stands.
    static func text(_ source: FilePath, _ frame: Int?) -> UInt64 { hash(source.bytes[...], frame, 0) }

    /// The file that the path leads to; `nil` where there is none.
    static func resolved(_ source: FilePath, _ frame: Int?) -> UInt64? {
        FileSystem.resolved(source).map { hash($0.bytes[...], frame, -1) }
    }

    /// The path's last components, `depth` of them; `nil` where it has fewer.
    static func tail(_ source: FilePath, _ frame: Int?, depth: Int) -> UInt64? {
        var start = source.bytes.endIndex
        for component in 0..<depth {
            if component > 0 {
                guard start > 0 else { return nil }
                start -= 1
            }
            while start > 0, source.bytes[start - 1] != UInt8(ascii: "/") { start -= 1 }
        }
        return hash(source.bytes[start...], frame, depth)
    }

    /// The most components that are told apart: folder of folders of a class, folder of the class, file.
    static let longestTail = 4

    private static func hash(_ bytes: ArraySlice<UInt8>, _ frame: Int?, _ kind: Int) -> UInt64 {
        var hash = StableHash()
        hash.combine(UInt64(bitPattern: Int64(kind)))
        hash.combine(UInt64(bitPattern: Int64(frame ?? -1)))
        hash.combine(bytes)
        return hash.value
    }
}
