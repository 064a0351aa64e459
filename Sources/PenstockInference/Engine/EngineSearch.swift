package import PenstockCore

/// Finds an engine's library on this machine.
///
/// The order is: the environment variable, `.engines` beside the program or in a folder above it, the user's data
/// folder, the packages of the `python3` on PATH, and last the system's own search.
package struct EngineSearch: Sendable {
    /// The engine.
    package var kind: EngineKind
    /// The environment variable that names the library or its folder.
    package var variable: String
    /// Folders, relative to a place of engines, that may hold the library.
    package var folders: [String]
    /// How the library's file name may begin, best first.
    package var names: [String]

    /// The library or folder that the environment names, which is then the only one.
    package var named: FilePath? { environment(variable).map { FilePath($0) } }

    /// Every library found, in the order of the search.
    package func candidates() -> [FilePath] {
        if let named { return libraries(at: named) }
        return (places() + pythonPlaces()).flatMap { libraries(under: $0) }
    }

    private func libraries(under place: FilePath) -> [FilePath] {
        folders.flatMap { libraries(at: place.appending($0)) }
    }

    /// The path itself when it is a library, or those in it when it is a folder, highest version first.
    private func libraries(at path: FilePath) -> [FilePath] {
        if names.contains(where: { path.lastComponent.starts(with: $0.utf8) }) {
            return FileSystem.exists(path) ? [path] : []
        }
        let files = FileSystem.names(in: path)
        return names.flatMap { name in
            files.filter { $0.starts(with: name.utf8) }.sorted { VersionOrder.precedes($1, $0) }.map {
                path.appending($0)
            }
        }
    }

    private func places() -> [FilePath] {
        let beside = FileSystem.ancestors(of: FileSystem.executable).map { $0.appending(".engines") }
        let data =
            environment("XDG_DATA_HOME").map { FilePath($0) }
            ?? environment("HOME").map { FilePath($0).appending(".local/share") }
        return beside + (data.map { [$0.appending("penstock/engines")] } ?? [])
    }

    /// The package folders that the `python3` on PATH looks in, guessed from where it lies: asking it would start it.
    private func pythonPlaces() -> [FilePath] {
        let path = (environment("PATH") ?? "").split(separator: ":").map { FilePath(String($0)) }
        let installed = path.filter { FileSystem.exists($0.appending("python3")) }.map(\.parent)
        let user = environment("HOME").map { [FilePath($0).appending(".local")] } ?? []
        return (installed + user + ["/usr/local"]).flatMap { packageFolders(of: $0) }
    }

    private func packageFolders(of root: FilePath) -> [FilePath] {
        let library = root.appending("lib")
        return FileSystem.names(in: library).filter { $0.starts(with: "python3".utf8) }.sorted(
            by: VersionOrder.precedes
        )
        .flatMap { version in
            ["site-packages", "dist-packages"].map { library.appending(version).appending($0) }
        }
    }
}
