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
    /// - Parameters:
    ///   - source: What the item is called.
    ///   - file: The file that it was read from, where that is one.
    ///   - isSpoken: Whether an item before it is about to get the place.
    func ruling(
        on output: FilePath,
        of source: FilePath,
        from file: FilePath?,
        isSpoken: Bool
    ) throws(PenstockError) -> Ruling {
        let place = folder.path.appending(output.bytes)
        switch isSpoken ? .ofThisJob : folder.occupant(of: place) {
        case nil: return .write
        case .older: return try ruling(onOlder: place, from: file)
        case .ofThisJob: return try ruling(onOurs: place, of: source)
        }
    }

    /// Judges an item before work is spent on it, as far as its turn cannot change that.
    func earlyRuling(on output: FilePath, from file: FilePath?) throws(PenstockError) -> Ruling {
        let place = folder.path.appending(output.bytes)
        return folder.occupant(of: place) == .older ? try ruling(onOlder: place, from: file) : .write
    }

    private func ruling(onOlder place: FilePath, from file: FilePath?) throws(PenstockError) -> Ruling {
        if choice == .skip { return .skip }
        if choice == .rename { return .number }
        if let file, FileSystem.isSameFile(file, place) { throw Self.itself(file, place) }
        if choice == .fail { throw Self.exists(place) }
        return .write
    }

    private func ruling(onOurs place: FilePath, of source: FilePath) throws(PenstockError) -> Ruling {
        if choice == .rename { return .number }
        throw PenstockError(
            .outputTaken,
            at: .write,
            "\(source) was not written: \(place) was written since this job began. If that was another of its items, tell "
                + "them apart with --name, or give numbers with --on-conflict rename."
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
