internal import Penstock
internal import PenstockCore

/// Where each record of a reference begins, found by its source: 24 bytes a record, whatever it holds.
///
/// Where sources are not found as they stand, two more passes over the file add 16 bytes a record for their resolved
/// paths, and 16 for the ends of their paths.
struct ReferenceIndex: Sendable {
    /// One record.
    private struct Entry {
        /// The hash of source and frame.
        let key: UInt64
        /// The hash of the source alone.
        let source: UInt64
        /// Where the record begins; negative once it has been found.
        var offset: Int
    }

    /// How a source was found.
    enum Match: Hashable, Sendable {
        case text
        case path
        case tail
    }

    /// What a look-up found.
    enum Finding: Sendable {
        case found(ReferenceItem, Match)
        /// The record that it would be has been compared with another item.
        case ambiguous
        case missing
    }

    private let file: ReferenceFile
    /// What this run's sources lie in.
    private let inputs: SharedFolder
    /// What the reference's lie in.
    private var folder = SharedFolder()
    private var entries: [Entry] = []
    private var paths: HashTable?
    private var tails: HashTable?
    /// The most names of a source below the folder.
    private var deepest = 1

    /// Goes through a reference once.
    ///
    /// - Parameters:
    ///   - names: The model's classes, which every record's must be among.
    ///   - inputs: What this run's sources lie in, as far as that is known.
    init(
        _ file: ReferenceFile,
        _ names: ClassNames,
        inputs: SharedFolder = SharedFolder()
    ) throws(PenstockError) {
        self.file = file
        self.inputs = inputs
        var entries: [Entry] = []
        var folder = SharedFolder()
        try file.scan { (item, offset) throws(PenstockError) in
            try names.check(item)
            folder.add(item.source)
            let key = SourceKey.text(item.source, item.frame)
            entries.append(Entry(key: key, source: SourceKey.text(item.source, nil), offset: offset))
        }
        guard !entries.isEmpty else { throw ReferenceFile.empty(file.path) }
        entries.sort { ($0.key, $0.offset) < ($1.key, $1.offset) }
        self.entries = entries
        self.folder = folder
    }

    /// Records.
    var count: Int { entries.count }

    /// Records that nothing has asked for.
    var unused: Int { entries.count { $0.offset >= 0 } }

    /// The first of those, in the order of the file.
    func firstUnused(_ count: Int) throws(PenstockError) -> [ReferenceItem] {
        var offsets: [Int] = []
        for entry in entries where entry.offset >= 0 && (offsets.count < count || entry.offset < offsets[count - 1]) {
            offsets.insert(entry.offset, at: offsets.firstIndex { $0 > entry.offset } ?? offsets.endIndex)
            if offsets.count > count { offsets.removeLast() }
        }
        var items: [ReferenceItem] = []
        for offset in offsets { if let item = try file.item(at: offset) { items.append(item) } }
        return items
    }
}

// MARK: - Looking up

extension ReferenceIndex {
    /// Finds what the reference says of an item; of several records for one, each is found once, in their order.
    mutating func find(_ source: FilePath, _ frame: Int?) throws(PenstockError) -> Finding {
        let key = SourceKey.text(source, frame)
        if let place = firstUnused(among: places(of: key)) { return try take(place, .text) }
        if let place = try findPath(source, frame) { return try take(place, .path) }
        return try findTail(source, frame)
    }

    private mutating func findPath(_ source: FilePath, _ frame: Int?) throws(PenstockError) -> Int? {
        guard let key = SourceKey.resolved(source, frame) else { return nil }
        if paths == nil { paths = try table { SourceKey.resolved($0.source, $0.frame).map { [$0] } ?? [] } }
        return firstUnused(among: paths?.entries(of: key) ?? [])
    }

    /// Finds the record whose path below the reference's folder ends the source, as far as the source stands below its own.
    private mutating func findTail(_ source: FilePath, _ frame: Int?) throws(PenstockError) -> Finding {
        if tails == nil { tails = try endings() }
        let own = inputs.depth(of: source)
        for depth in (1...deepest).reversed() {
            guard let key = SourceKey.tail(source, frame, depth: depth) else { continue }
            let found = tails?.entries(of: key) ?? []
            guard let first = found.first else { continue }
            if depth < own, try !endsAlike(source, first, depth: own) { continue }
            guard let place = firstUnused(among: found) else { return .ambiguous }
            return try take(place, .tail)
        }
        return .missing
    }

    /// Records by their paths below the folder that all lie in. One such path is one source.
    private mutating func endings() throws(PenstockError) -> HashTable {
        var deepest = 1
        let endings = try table { item in
            let depth = folder.depth(of: item.source)
            deepest = max(deepest, depth)
            return SourceKey.tail(item.source, item.frame, depth: depth).map { [$0] } ?? []
        }
        self.deepest = deepest
        return endings
    }

    private func endsAlike(_ source: FilePath, _ place: Int, depth: Int) throws(PenstockError) -> Bool {
        let offset = entries[place].offset
        guard let item = try file.item(at: offset < 0 ? Self.marked(offset) : offset) else { return false }
        let key = SourceKey.tail(item.source, nil, depth: depth)
        return key != nil && key == SourceKey.tail(source, nil, depth: depth)
    }

    private mutating func take(_ place: Int, _ match: Match) throws(PenstockError) -> Finding {
        guard let item = try file.item(at: entries[place].offset) else {
            throw PenstockError(
                .corrupt,
                at: .read,
                "\(file.path) has changed while it was compared with; run it again when nothing writes it."
            )
        }
        entries[place].offset = Self.marked(entries[place].offset)
        return .found(item, match)
    }

    /// The offset of a record that has been found: below zero, and still its own.
    private static func marked(_ offset: Int) -> Int { -1 - offset }

    private func firstUnused(among places: some Sequence<Int>) -> Int? {
        places.first { entries[$0].offset >= 0 }
    }

    private func places(of key: UInt64) -> Range<Int> {
        let first = entries.partitioningPlace { $0.key >= key }
        return first..<(first + entries[first...].prefix { $0.key == key }.count)
    }

    /// Records by other hashes.
    private func table(_ keys: (ReferenceItem) -> [UInt64]) throws(PenstockError) -> HashTable {
        var table = HashTable()
        try file.scan { (item, offset) throws(PenstockError) in
            let alike = places(of: SourceKey.text(item.source, item.frame))
            guard let place = alike.first(where: { [offset, Self.marked(offset)].contains(entries[$0].offset) }) else {
                return
            }
            for key in keys(item) { table.add(key, place) }
        }
        table.sort()
        return table
    }
}

/// Entries by hash, in two words each.
private struct HashTable: Sendable {
    private var rows: [(key: UInt64, entry: Int)] = []

    mutating func add(_ key: UInt64, _ entry: Int) {
        rows.append((key, entry))
    }

    mutating func sort() {
        rows.sort { ($0.key, $0.entry) < ($1.key, $1.entry) }
    }

    func entries(of key: UInt64) -> [Int] {
        let first = rows.partitioningPlace { $0.key >= key }
        return rows[first...].prefix { $0.key == key }.map(\.entry)
    }
}

extension Array {
    /// The first place of which something holds that holds of all after it.
    fileprivate func partitioningPlace(_ holds: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension ClassNames {
    /// Makes sure that the model has every class that a record names.
    fileprivate func check(_ item: ReferenceItem) throws(PenstockError) {
        if let listed = item.listed, listed != count { throw mismatch(listed) }
        guard case .classified(let classes) = item.answer else { return }
        for named in classes { _ = try self.classes(meant: named) }
    }

    private func mismatch(_ listed: Int) -> PenstockError {
        let background =
            (listed - count).magnitude == 1
            ? " One of the two has a class 0 for the background, by which all others are off by one: leave its score out, "
                + "or write the classes by number or name." : ""
        return PenstockError(
            .invalidConfiguration,
            at: .configure,
            "its \"scores\" are \(listed), and the model has \(count) classes: each has its score by its place, so there "
                + "must be one for each.\(background)"
        )
    }
}
