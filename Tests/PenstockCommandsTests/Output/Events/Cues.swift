import Foundation

/// One cue as a strict reader finds it.
struct Cue: Equatable {
    var start: Double
    var end: Double
    var text: String
}

/// Reads WebVTT and SubRip without forgiving anything.
enum CueReader {
    struct Fault: Error {
        let what: String
    }

    static func webVTT(_ text: String) throws -> [Cue] {
        var blocks = text.components(separatedBy: "\n\n")
        guard blocks.removeFirst().hasPrefix("WEBVTT"), text.hasSuffix("\n") else { throw Fault(what: "no header") }
        let cues = try blocks.map { try cue($0.split(separator: "\n").map(String.init), separator: ".") }
        return try inOrder(cues.map { cue in Cue(start: cue.start, end: cue.end, text: try unescaped(cue.text)) })
    }

    static func subRip(_ text: String) throws -> [Cue] {
        guard text.isEmpty || text.hasSuffix("\n\n") else { throw Fault(what: "no blank line at the end") }
        let blocks = text.components(separatedBy: "\n\n").dropLast()
        let cues = try blocks.enumerated().map { number, block in
            var lines = block.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            guard lines.removeFirst() == String(number + 1) else { throw Fault(what: "numbers do not rise") }
            return try cue(lines, separator: ",")
        }
        return try inOrder(cues)
    }

    private static func cue(_ lines: [String], separator: Character) throws -> Cue {
        guard lines.count == 2 else { throw Fault(what: "a cue of \(lines.count) lines") }
        let times = lines[0].components(separatedBy: " --> ")
        guard times.count == 2, !lines[1].isEmpty, !lines[1].contains("-->") else { throw Fault(what: lines[0]) }
        return Cue(start: try seconds(times[0], separator), end: try seconds(times[1], separator), text: lines[1])
    }

    private static func seconds(_ text: String, _ separator: Character) throws -> Double {
        let halves = text.split(separator: separator, omittingEmptySubsequences: false)
        let parts = halves.first?.split(separator: ":", omittingEmptySubsequences: false) ?? []
        guard halves.count == 2, halves[1].count == 3, parts.count == 3, parts[0].count >= 2, parts[1].count == 2,
            parts[2].count == 2, let hours = Int(parts[0]), let minutes = Int(parts[1]), let seconds = Int(parts[2]),
            let milliseconds = Int(halves[1]), minutes < 60, seconds < 60, hours >= 0
        else { throw Fault(what: "the time \(text)") }
        return Double(((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds) / 1000
    }

    private static func unescaped(_ text: String) throws -> String {
        let bare = text.replacingOccurrences(of: "&(amp|lt|gt);", with: "", options: .regularExpression)
        guard !bare.contains(where: "&<>".contains) else { throw Fault(what: "markup in \(text)") }
        return text.replacingOccurrences(of: "&lt;", with: "<").replacingOccurrences(of: "&gt;", with: ">")
            .replacingOccurrences(of: "&amp;", with: "&")
    }

    private static func inOrder(_ cues: [Cue]) throws -> [Cue] {
        guard cues.allSatisfy({ $0.end > $0.start }) else { throw Fault(what: "a cue that ends before it begins") }
        return cues
    }
}
