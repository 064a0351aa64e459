internal import PenstockCore

/// How a job's outputs are called.
struct OutputNaming: Sendable {
    private let folders: InputFolders
    private let only: FilePath?
    private let given: OutputName?
    private let picture: OutputName
    private let frame: OutputName

    /// Reads the patterns.
    ///
    /// - Parameter only: The name of the only output, where there is to be only one.
    init(_ settings: OutputSettings, of source: PictureSource, only: FilePath?) throws {
        self.only = only
        folders = InputFolders(of: source)
        given = settings.name
        picture = try OutputName("{dir}/{stem}.{ext}")
        frame = try OutputName("{dir}/{stem}/{frame:06}.{ext}")
    }

    /// The path of an item's file below the folder of outputs.
    ///
    /// - Parameter endings: Those of files of the kind, the usual one first.
    func output(of input: PictureInput, endings: [String]) throws(PenstockError) -> FilePath {
        let fields = fields(of: input, endings)
        return try (given ?? (input.moment == nil ? picture : frame)).render(fields)
    }

    /// The path of a video's file below the folder of outputs.
    func output(ofVideo source: FilePath, index: Int, endings: [String]) throws(PenstockError) -> FilePath {
        if let only { return only }
        let input = PictureInput(index: index, name: source, location: .file)
        return try (given ?? picture).render(fields(of: input, endings))
    }

    private func fields(of input: PictureInput, _ endings: [String]) -> OutputName.Fields {
        let path = path(of: input)
        let name = path.lastComponent
        let dot = name.lastIndex(of: UInt8(ascii: ".")).flatMap { $0 > name.startIndex ? $0 : nil }
        let ending = dot.flatMap { String(validating: name[($0 + 1)...], as: UTF8.self) }
        let isKept = ending.map { endings.contains($0.lowercased()) } ?? false
        return OutputName.Fields(
            folder: Array(path.bytes.dropLast(name.count)),
            stem: Array(name[..<(dot ?? name.endIndex)]),
            name: Array(name),
            ext: isKept ? ending ?? "" : endings[0],
            index: input.index,
            frame: input.moment?.frame,
            time: input.moment?.time
        )
    }

    /// Where the input would be if its folder were that of the outputs.
    private func path(of input: PictureInput) -> FilePath {
        if case .pixels = input.location { return input.name }
        let name = folders.name(of: input.name)
        // What follows the question mark of an address is no part of a name.
        return input.name.scheme == nil ? name : FilePath(bytes: name.bytes.prefix { $0 != UInt8(ascii: "?") })
    }
}
