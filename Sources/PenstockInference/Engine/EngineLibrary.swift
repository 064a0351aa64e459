package import PenstockCore

/// An engine's library: a table of its functions, and the file that they came from.
///
/// It is opened once a process and never closed: engines leave threads and exit handlers behind that run the library's
/// code to the very end.
package struct EngineLibrary<Functions> {
    /// The functions.
    package let functions: Functions
    /// The file that was opened; its bare name where the system's own search found it.
    package let path: FilePath
}

extension EngineLibrary {
    /// Opens the first of an engine's candidates that loads; the system's own search comes last.
    ///
    /// - Parameter load: Opens one file, or says why it cannot be used.
    /// - Throws: `engineMissing` when nothing is found, `engineBroken` when nothing that is found can be used.
    package static func open(
        _ search: EngineSearch,
        _ load: (FilePath) -> Result<Functions, EngineRefusal>
    ) throws(PenstockError) -> EngineLibrary {
        var refusals: [String] = []
        for path in search.candidates() {
            guard LibraryFile.isWhole(path) else {
                refusals.append("\(path): the file is cut short, as after an interrupted download; install it again")
                continue
            }
            switch load(path) {
            case .success(let functions): return EngineLibrary(functions: functions, path: path)
            case .failure(let refusal): refusals.append(refusal.telling(of: path))
            }
        }
        if search.named == nil {
            for name in search.names {
                switch load(FilePath(name)) {
                case .success(let functions): return EngineLibrary(functions: functions, path: FilePath(name))
                case .failure(let refusal) where refusal.isAbsence(of: name): continue
                case .failure(let refusal): refusals.append(refusal.telling(of: FilePath(name)))
                }
            }
        }
        throw search.missing(refusals)
    }
}

/// Why a file cannot serve as an engine's library.
package struct EngineRefusal: Error, Hashable, Sendable {
    /// The loader's own words, or what the library lacks.
    package var reason: String

    /// Makes a refusal.
    package init(_ reason: String) {
        self.reason = reason
    }
}

extension EngineRefusal {
    /// Whether the loader says that it knows no library of this name. Of a library that is there and lacks another, it
    /// says so of the other.
    fileprivate func isAbsence(of name: String) -> Bool {
        reason.hasPrefix("\(name): cannot open shared object file: No such file")
    }

    /// The reason after the file's name, with which the loader's own words begin already.
    fileprivate func telling(of path: FilePath) -> String {
        reason.hasPrefix("\(path): ") ? reason : "\(path): \(reason)"
    }
}

extension EngineSearch {
    /// What to say when no candidate could be used, and why each could not.
    func missing(_ refusals: [String]) -> PenstockError {
        let why = refusals.joined(separator: "; ")
        return PenstockError(
            named == nil && refusals.isEmpty ? .engineMissing : .engineBroken,
            at: .configure,
            named.map { unusable($0, why) } ?? (refusals.isEmpty ? absent : broken(why))
        )
    }

    private var absent: String {
        "\(kind.product) is not installed where Penstock looks. Install it with `\(kind.installation)` in Penstock's "
            + "folder or with `pip install \(kind.package)`, or set \(variable) to the folder of \(names[0])."
    }

    private func broken(_ why: String) -> String {
        "\(kind.product) was found and cannot be used (\(why)). Remove it and install it anew with "
            + "`\(kind.installation)` in Penstock's folder, or set \(variable) to the folder of another \(names[0])."
    }

    private func unusable(_ named: FilePath, _ why: String) -> String {
        let reason = why.hasPrefix("\(named): ") ? String(why.dropFirst("\(named): ".count)) : why
        return
            "\(variable) names \(named), which cannot be used: \(reason.isEmpty ? "there is no \(names[0])" : reason). "
            + "Correct it, or unset it to have Penstock look."
    }
}
