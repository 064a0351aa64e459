package import PenstockCore

extension OutputName {
    /// What is known of the item that gets a name.
    package struct Fields: Hashable, Sendable {
        /// The source's folder below the input folder, which may be empty.
        package var folder: [UInt8]
        /// The source's name without its ending.
        package var stem: [UInt8]
        /// The source's name.
        package var name: [UInt8]
        /// The ending of what is written, without a dot.
        package var ext: String
        /// The item's number in the job.
        package var index: Int
        /// The frame's number in its video.
        package var frame: Int?
        /// The frame's time.
        package var time: Duration?

        package init(
            folder: [UInt8],
            stem: [UInt8],
            name: [UInt8],
            ext: String,
            index: Int,
            frame: Int? = nil,
            time: Duration? = nil
        ) {
            self.folder = folder
            self.stem = stem
            self.name = name
            self.ext = ext
            self.index = index
            self.frame = frame
            self.time = time
        }
    }

    /// The path of an item's file below the folder of all outputs, which it cannot leave.
    ///
    /// - Throws: Where the item lacks what a field asks for, or a name comes out empty or longer than disks take.
    package func render(_ fields: Fields) throws(PenstockError) -> FilePath {
        var path: [UInt8] = []
        for piece in pieces {
            switch piece {
            case .text(let text): path += text
            case .field(let field, let form): path += try value(of: field, form, fields)
            }
        }
        let parts = Self.parts(of: path)
        try check(parts, fields)
        return FilePath(bytes: parts.joined(separator: [slash]))
    }
}

private let slash = UInt8(ascii: "/")

extension OutputName {
    /// The most bytes that Linux's file systems take in a name.
    private static let longestName = 255

    private func value(of field: Field, _ form: NumberForm, _ fields: Fields) throws(PenstockError) -> [UInt8] {
        switch field {
        case .dir: fields.folder
        case .stem: Self.withoutSlashes(fields.stem)
        case .name: Self.withoutSlashes(fields.name)
        case .ext: Array(fields.ext.utf8)
        case .index: form.write(fields.index)
        case .frame: form.write(try known(fields.frame, field, fields))
        case .time: form.write(try known(fields.time, field, fields))
        }
    }

    private func known<Value>(_ value: Value?, _ field: Field, _ fields: Fields) throws(PenstockError) -> Value {
        if let value { return value }
        let lack = fields.frame == nil ? "a still picture has none" : "its stream says no times"
        throw wrong(fields, "the name '\(pattern)' asks for {\(field)}, and \(lack). Name it by {index} instead")
    }

    /// A name, of which a slash would make folders and a NUL the end.
    private static func withoutSlashes(_ name: [UInt8]) -> [UInt8] {
        name.map { $0 == slash || $0 == 0 ? UInt8(ascii: "_") : $0 }
    }

    /// The names that lead to the file; none steps out of the folder.
    private static func parts(of path: [UInt8]) -> [[UInt8]] {
        let parts = path.split(separator: slash).map(Array.init).filter { $0 != [0x2E] }
        return parts.map { $0 == [0x2E, 0x2E] ? Array("__".utf8) : $0 }
    }

    private func check(_ parts: [[UInt8]], _ fields: Fields) throws(PenstockError) {
        if parts.isEmpty { throw wrong(fields, "the name '\(pattern)' comes out empty. Put {stem} into it") }
        guard let long = parts.first(where: { $0.count > Self.longestName }) else { return }
        let start = String(decoding: long.prefix(20), as: UTF8.self)
        let why = "its name, \(start)…, would have \(long.count) bytes, and disks take \(Self.longestName)"
        throw wrong(fields, "\(why). Name it by {index} instead")
    }

    private func wrong(_ fields: Fields, _ why: String) -> PenstockError {
        let name = String(decoding: fields.name.prefix(Self.longestName), as: UTF8.self)
        return PenstockError(.invalidConfiguration, at: .write, "\(name) was not written: \(why).")
    }
}

extension OutputName.NumberForm {
    func write(_ number: Int) -> [UInt8] {
        padded(String(number.magnitude), isNegative: number < 0)
    }

    /// Seconds with as many decimals as were asked for, rounded to the nearest.
    func write(_ time: Duration) -> [UInt8] {
        let unit = (0..<(Self.attosecondDecimals - decimals)).reduce(into: Int128(1)) { unit, _ in unit *= 10 }
        let count = (time.attoseconds.magnitude + UInt128(unit / 2)) / UInt128(unit)
        let digits = String(count)
        let all = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let text = decimals > 0 ? "\(all.dropLast(decimals)).\(all.suffix(decimals))" : all
        return padded(text, isNegative: time < .zero && count > 0)
    }

    private static let attosecondDecimals = 18

    private func padded(_ digits: String, isNegative: Bool) -> [UInt8] {
        let sign = isNegative ? "-" : ""
        let zeros = String(repeating: "0", count: max(0, width - digits.count - sign.count))
        return Array((sign + zeros + digits).utf8)
    }
}
