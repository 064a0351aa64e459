package import Penstock
internal import PenstockCore

/// Writes a JSON object a line: one for each picture, and one for all frames of a video that share a file.
package struct ManifestFormatter: Sendable {
    private var encoded = EncodedFrames()

    /// Makes a formatter for the lines of one job, in their order.
    package init() {}

    /// Appends what became of an item; nothing where its video will tell.
    package mutating func append(_ item: ProcessedPicture, to output: inout [UInt8]) {
        let frames = encoded.note(item)
        if case .encoded = item.outcome { return }
        output += "{".utf8
        output.appendPath("source", item.source)
        output += ",\"index\":".utf8
        output.appendJSON(item.index)
        if frames == nil { appendMoment(of: item, to: &output) }
        append(item.outcome, to: &output)
        if let frames {
            output += ",\"frames\":".utf8
            output.appendJSON(frames)
        }
        if let warning = item.warning {
            output += ",\"warning\":".utf8
            output.appendJSON(warning)
        }
        output += "}\n".utf8
    }

    /// What went wrong with a video at no frame, such as its end that is missing, still is the video's: a job that goes on
    /// has to know.
    private func appendMoment(of item: ProcessedPicture, to output: inout [UInt8]) {
        if let moment = item.moment {
            output.appendMembers(of: moment)
        } else if encoded.isUnderWay {
            output += ",\"frame\":null".utf8
        }
    }

    private func append(_ outcome: ProcessedPicture.Outcome, to output: inout [UInt8]) {
        switch outcome {
        case .written(let file), .video(let file, frames: _): append(file, to: &output)
        case .skipped(let path):
            output += ",\"skipped\":true,".utf8
            output.appendPath("output", path)
        case .failed(let error): output.appendMember(of: error)
        case .encoded: break
        }
    }

    private func append(_ file: WrittenFile, to output: inout [UInt8]) {
        output += ",".utf8
        output.appendPath("output", file.output)
        output.appendMembers(of: file.size)
        output += ",\"bytes\":".utf8
        output.appendJSON(file.bytes)
        let digits = String(file.checksum, radix: 16)
        output += ",\"checksum\":\"crc32:\(String(repeating: "0", count: 8 - digits.count))\(digits)\"".utf8
    }
}
