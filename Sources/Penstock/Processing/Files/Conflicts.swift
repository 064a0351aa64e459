internal import PenstockCore

/// What becomes of an item whose place in the folder is taken.
struct Conflicts: Sendable {
    /// What is to be done.
    enum Ruling: Hashable, Sendable {
        /// The item gets its place.
        case write
        /// The item is not made.
        case skip
        /// The item gets its place with a number.
        case number
    }

    private let folder: OutputFolder
    private let choice: ConflictChoice

    init(in folder: OutputFolder, _ choice: ConflictChoice) {
        self.folder = folder
        self.choice = choice
    }
}

extension Conflicts {
    /// Judges an item whose turn it is.
    ///
    /// - Parameter isSpoken: Whether an item before it is about to get the place.
    func ruling(on output: FilePath, of source: FilePath, isSpoken: Bool) throws(PenstockError) -> Ruling {
        let place = folder.path.appending(output.bytes)
        switch isSpoken ? .ofThisJob : folder.occupant(of: place) {
        case nil: return .write
        case .older: return try ruling(onOlder: place, of: source)
        case .ofThisJob: return try ruling(onOurs: place, of: source)
        }
    }

    /// Judges an item before work is spent on it, as far as its turn cannot change that.
    func earlyRuling(on output: FilePath, of source: FilePath) throws(PenstockError) -> Ruling {
        let place = folder.path.appending(output.bytes)
        return folder.occupant(of: place) == .older ? try ruling(onOlder: place, of: source) : .write
    }

    private func ruling(onOlder place: FilePath, of source: FilePath) throws(PenstockError) -> Ruling {
        switch choice {
        case .skip: return .skip
        case .rename: return .number
        case .fail where !FileSystem.isSameFile(source, place): throw Self.exists(place)
        case .overwrite where !FileSystem.isSameFile(source, place): return .write
        case .fail, .overwrite: throw Self.itself(source, place)
        }
    }

    private func ruling(onOurs place: FilePath, of source: FilePath) throws(PenstockError) -> Ruling {
        if choice == .rename { return .number }
        throw PenstockError(
            .outputTaken,
            at: .write,
            "\(source) was not written: \(place) is another item's of this job already. Tell them apart with --name, "
                + "or give numbers with --on-conflict rename."
        )
    }
}

extension Conflicts {
    private static func exists(_ place: FilePath) -> PenstockError {
        PenstockError(
            .outputTaken,
            at: .write,
            "\(place) is there already. Name another folder, or say what becomes of it with --on-conflict."
        )
    }

    private static func itself(_ source: FilePath, _ place: FilePath) -> PenstockError {
        PenstockError(
            .outputTaken,
            at: .write,
            "\(place) is \(source) itself, which is not written over. Name another folder, or other names with --name."
        )
    }
}

extension PenstockError.Code {
    /// An output's name is another file's.
    static let outputTaken = Self(rawValue: "outputTaken")
}
