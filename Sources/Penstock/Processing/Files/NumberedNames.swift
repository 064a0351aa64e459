internal import PenstockCore

/// Finds names with a number for outputs whose own name is taken: `a (2).jpg`.
struct NumberedNames {
    /// The last number given for a name; names seen long ago begin again, which only takes longer.
    private var last: [FilePath: Int] = [:]

    private static let mostRemembered = 4096
    private static let mostOfOneName = 1_000_000

    /// The first name with a number that is free.
    mutating func next(for output: FilePath, isFree: (FilePath) -> Bool) throws(PenstockError) -> FilePath {
        var number = last[output] ?? 1
        while number < Self.mostOfOneName {
            number += 1
            let name = output.numbered(number)
            guard isFree(name) else { continue }
            if last.count >= Self.mostRemembered { last = [:] }
            last[output] = number
            return name
        }
        throw PenstockError(
            .outputTaken,
            at: .write,
            "\(output) could not be written: \(Self.mostOfOneName) files of that name are there already."
        )
    }
}

extension FilePath {
    /// The path with a number before its ending.
    fileprivate func numbered(_ number: Int) -> FilePath {
        let ending = lastComponent.lastIndex(of: UInt8(ascii: ".")).flatMap { $0 > lastComponent.startIndex ? $0 : nil }
        let dot = ending ?? bytes.endIndex
        return FilePath(bytes: bytes[..<dot] + Array(" (\(number))".utf8) + bytes[dot...])
    }
}
