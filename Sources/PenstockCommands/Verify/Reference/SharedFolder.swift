internal import PenstockCore

/// The folder that all of some paths lie in, which is what may differ between two runs over the same files.
struct SharedFolder: Sendable {
    /// The folder's names from the outermost; `nil` where nothing is known of the paths.
    private var names: [ArraySlice<UInt8>]?

    /// How many of a path's last names say which of the files it is: those below the folder.
    func depth(of path: FilePath) -> Int {
        let all = SourceKey.names(path)
        guard let names, all.starts(with: names) else { return 1 }
        return max(1, all.count - names.count)
    }

    /// Takes note of a path, so that the folder holds it as well.
    mutating func add(_ path: FilePath) {
        narrow(to: SourceKey.names(path).dropLast())
    }

    private mutating func narrow(to folder: some Collection<ArraySlice<UInt8>>) {
        guard let names else {
            names = Array(folder)
            return
        }
        self.names = zip(names, folder).prefix { $0 == $1 }.map(\.0)
    }
}

extension SharedFolder {
    /// The folder that the inputs of a command line have in common; unknown where a list names them.
    init(of inputs: [FilePath]) {
        if inputs.contains(where: { $0 == "-" || $0.bytes.first == UInt8(ascii: "@") }) { return }
        for input in inputs {
            let names = SourceKey.names(input)
            let isFolder = FileSystem.isDirectory(input)
            // A pattern is looked for in the folder before its first wildcard.
            let fixed = FileSystem.exists(input) ? names[...] : names.prefix { !$0.contains(where: Self.isWildcard) }
            narrow(to: isFolder || fixed.count < names.count ? fixed : fixed.dropLast())
        }
    }

    private static func isWildcard(_ byte: UInt8) -> Bool { "*?[".utf8.contains(byte) }
}
