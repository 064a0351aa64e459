import PenstockCore

/// An EXIF block, in which single values are changed where they stand.
///
/// Nothing is moved: makers' own notes hold offsets that nobody else knows.
struct EXIFBlock {
    /// More than any camera writes.
    static let mostBytes = 1 << 20

    /// The block, from its TIFF header on.
    private(set) var bytes: [UInt8]
    private let order: TIFFOrder
    private let main: Directory

    /// Reads a block; nil where its first directory is not there.
    init?(_ bytes: [UInt8]) {
        let isBigEndian = bytes.span.has("MM\0*", at: 0)
        guard bytes.count <= Self.mostBytes, isBigEndian || bytes.span.has("II*\0", at: 0) else { return nil }
        order = TIFFOrder(isBigEndian: isBigEndian)
        guard let first = order.number32(bytes.span, at: 4) else { return nil }
        guard let main = Directory(bytes.span, at: first, order) else { return nil }
        self.bytes = bytes
        self.main = main
    }

    /// The block of pixels that have been turned upright, without the small picture of what there was before.
    var upright: EXIFBlock {
        var copy = self
        copy.set(Tag.orientation, in: main, to: 1, isShort: true)
        copy.dropThumbnail()
        return copy
    }

    /// Sets the size wherever the block says one.
    mutating func describe(_ size: ImageSize) {
        set(Tag.width, in: main, to: size.width)
        set(Tag.height, in: main, to: size.height)
        guard let camera = directory(named: Tag.camera, in: main) else { return }
        set(Tag.pixelsAcross, in: camera, to: size.width)
        set(Tag.pixelsDown, in: camera, to: size.height)
    }
}

extension EXIFBlock {
    private enum Tag {
        static let width = 0x0100
        static let height = 0x0101
        static let orientation = 0x0112
        /// Where a thumbnail's bytes are, and how many: of a JPEG, or of plain rows.
        static let thumbnails = [(0x0201, 0x0202), (0x0111, 0x0117)]
        static let camera = 0x8769
        static let place = 0x8825
        static let interoperability = 0xA005
        static let pixelsAcross = 0xA002
        static let pixelsDown = 0xA003
    }

    /// The entries of a directory that are all there.
    struct Directory {
        /// Where the directory is, its link to the next included.
        let extent: Range<Int>
        /// Where each entry starts.
        let entries: [Int]
        /// Where the link to the next directory stands; nil where the block ends before it.
        let link: Int?

        init?(_ bytes: Span<UInt8>, at offset: Int, _ order: TIFFOrder) {
            guard offset >= 8, let count = order.number16(bytes, at: offset) else { return nil }
            let end = offset + 2 + 12 * count
            entries = stride(from: offset + 2, to: end, by: 12).filter { $0 + 12 <= bytes.count }
            link = end + 4 <= bytes.count ? end : nil
            extent = offset..<min(end + 4, bytes.count)
        }
    }

    private func entries(of tag: Int, in directory: Directory) -> [Int] {
        directory.entries.filter { order.number16(bytes.span, at: $0) == tag }
    }

    /// Makes every entry of a tag hold one number.
    private mutating func set(_ tag: Int, in directory: Directory, to number: Int, isShort: Bool = false) {
        let value = isShort ? order.bytes16(number) + [0, 0] : order.bytes32(number)
        let entry = order.bytes16(isShort ? 3 : 4) + order.bytes32(1) + value
        for start in entries(of: tag, in: directory) { bytes.replaceSubrange(start + 2..<start + 12, with: entry) }
    }

    /// The number in the first entry of a tag.
    private func number(_ tag: Int, in directory: Directory) -> Int? {
        guard let entry = entries(of: tag, in: directory).first else { return nil }
        guard order.number32(bytes.span, at: entry + 4) == 1 else { return nil }
        let isShort = order.number16(bytes.span, at: entry + 2) == 3
        return isShort ? order.number16(bytes.span, at: entry + 8) : order.number32(bytes.span, at: entry + 8)
    }

    private func directory(named tag: Int, in directory: Directory) -> Directory? {
        number(tag, in: directory).flatMap { Directory(bytes.span, at: $0, order) }
    }
}

extension EXIFBlock {
    /// Unlinks the directory of the thumbnail, and wipes the thumbnail out where nothing else lies there.
    private mutating func dropThumbnail() {
        guard let link = main.link, let next = order.number32(bytes.span, at: link), next != 0 else { return }
        bytes.replaceSubrange(link..<link + 4, with: [0, 0, 0, 0])
        guard let small = Directory(bytes.span, at: next, order) else { return }
        let used = extents
        for (start, count) in Tag.thumbnails {
            guard let start = number(start, in: small), let count = number(count, in: small) else { continue }
            guard start >= 8, count > 0, start < bytes.count else { continue }
            let place = start..<min(start + count, bytes.count)
            guard !used.contains(where: place.overlaps) else { continue }
            wipe(place, isLast: !used.contains { $0.upperBound > start })
        }
    }

    private mutating func wipe(_ place: Range<Int>, isLast: Bool) {
        if isLast && place.upperBound == bytes.count {
            bytes.removeLast(place.count)
        } else {
            bytes.replaceSubrange(place, with: repeatElement(0, count: place.count))
        }
    }

    /// What the directories and their values take up.
    private var extents: [Range<Int>] {
        let camera = directory(named: Tag.camera, in: main)
        let place = directory(named: Tag.place, in: main)
        let other = camera.flatMap { directory(named: Tag.interoperability, in: $0) }
        let directories = [main, camera, place, other].compactMap(\.self)
        return directories.flatMap { directory in [directory.extent] + directory.entries.compactMap(value) }
    }

    /// Where the value of an entry lies, if not in the entry itself.
    private func value(of entry: Int) -> Range<Int>? {
        let widths = [1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8]
        guard let type = order.number16(bytes.span, at: entry + 2), let width = widths[type] else { return nil }
        guard let count = order.number32(bytes.span, at: entry + 4), count * width > 4 else { return nil }
        return order.number32(bytes.span, at: entry + 8).map { $0..<($0 + count * width) }
    }
}
