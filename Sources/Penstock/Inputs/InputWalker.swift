internal import PenstockCore
internal import PenstockFlow

/// Turns a source into numbered pictures, one at a time, as they are asked for.
struct InputWalker: IteratorProtocol {
    typealias Element = InputElement

    private var inputs: ArraySlice<PictureSource.Input>
    private var walk: (FolderWalk, input: FilePath, found: Int)?
    private var lines: PathLines?
    private var pixels: PixelInputs?
    private var index = 0
    private let unwanted: UnwantedFiles
    private let leavingOut: FilePath?
    private let isLive: Bool

    /// Starts at the first input.
    ///
    /// - Parameters:
    ///   - leavingOut: A folder that is not entered, unless it is an input itself.
    ///   - isLive: Whether addresses are streams whatever they are called.
    init(
        _ source: PictureSource,
        unwanted: UnwantedFiles,
        leavingOut: FilePath? = nil,
        isLive: Bool = false
    ) {
        inputs = source.inputs[...]
        self.unwanted = unwanted
        self.leavingOut = leavingOut
        self.isLive = isLive
    }

    mutating func next() -> Element? {
        while true {
            if let found = nextOfWalk() ?? nextOfLines() ?? nextOfPixels() { return found }
            guard let input = inputs.popFirst() else { return nil }
            if let found = open(input) { return found }
        }
    }
}

// MARK: - Inputs

extension InputWalker {
    private mutating func open(_ input: PictureSource.Input) -> Element? {
        switch input {
        case .bytes(let name, let bytes): return item(FilePath(name), .memory(bytes))
        case .video(let name, let location): return item(name, .video(location))
        case .folder(let path): begin(FolderWalk(path, leavingOut: leavingOut), path)
        case .named(let path): return open(path)
        case .file(let path): return picture(path)
        case .pattern(let path): return match(path)
        case .standardInput(let separator): lines = PathLines(standardInput: separator)
        case .pixels(let pixels): self.pixels = pixels
        case .list(let path, let separator):
            do { lines = try PathLines(path, separator) } catch { return failure(path, error) }
        }
        return nil
    }

    private mutating func open(_ path: FilePath) -> Element? {
        if FileSystem.isDirectory(path) {
            begin(FolderWalk(path, leavingOut: leavingOut), path)
            return nil
        }
        // A file may well be called `a[1].jpg`; only what does not exist is taken for a pattern.
        return FileSystem.exists(path) || path.scheme != nil ? picture(path) : match(path)
    }

    private mutating func match(_ path: FilePath) -> Element? {
        guard let pattern = GlobPattern(path) else { return picture(path) }
        guard pattern.base.bytes.isEmpty || FileSystem.isDirectory(pattern.base) else {
            return failure(path, Self.nothing(in: path))
        }
        begin(FolderWalk(pattern, leavingOut: leavingOut), path)
        return nil
    }

    private mutating func begin(_ walk: FolderWalk, _ input: FilePath) {
        self.walk = (walk, input, 0)
    }
}

// MARK: - Folders and patterns

extension InputWalker {
    private mutating func nextOfWalk() -> Element? {
        while let element = walk?.0.next() {
            switch element {
            case .unwanted(let path):
                unwanted.add(path)
            case .file(let path):
                walk?.found += 1
                return picture(path)
            case .failure(let path, let error):
                walk?.found += 1
                return failure(path, error)
            }
        }
        defer { walk = nil }
        guard let walk, walk.found == 0 else { return nil }
        return failure(walk.input, Self.nothing(in: walk.input))
    }

    private static func nothing(in input: FilePath) -> PenstockError {
        FileSystem.isDirectory(input)
            ? PenstockError(.notFound, at: .list, "\(input) holds no pictures, going by the names of the files in it.")
            : PenstockError(.notFound, at: .list, "No file matches \(input).")
    }
}

// MARK: - Lists

extension InputWalker {
    private mutating func nextOfLines() -> Element? {
        do {
            if let path = try lines?.next() { return picture(path, arrival: lines?.arrival) }
            lines = nil
            return nil
        } catch {
            let name = lines?.name ?? "list"
            lines = nil
            return failure(name, error)
        }
    }
}

// MARK: - Pixels

extension InputWalker {
    private mutating func nextOfPixels() -> Element? {
        if let next = pixels?.next() { return item(next.name, .pixels(next.pixels)) }
        pixels = nil
        return nil
    }
}

// MARK: - Numbering

extension InputWalker {
    private mutating func picture(_ path: FilePath, arrival: Arrival? = nil) -> Element {
        switch MediaKind(path, isLive: isLive) {
        case .picture: item(path, .file, arrival)
        case .remotePicture: item(path, .address, arrival)
        case .video(let location): item(path, .video(location), arrival)
        }
    }

    private mutating func item(
        _ name: FilePath,
        _ location: PictureInput.Location,
        _ arrival: Arrival? = nil
    ) -> Element {
        defer { index += 1 }
        return .item(PictureInput(index: index, name: name, location: location, arrival: arrival))
    }

    private mutating func failure(_ name: FilePath, _ error: PenstockError) -> Element {
        defer { index += 1 }
        return .value(FailedInput(source: name, index: index, error: error))
    }
}
