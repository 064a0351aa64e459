package import Penstock
internal import PenstockCore

/// Writes a JSON object a line, one line an item.
///
/// `source` always is text. Where the path is not valid UTF-8 it holds U+FFFD, and `sourceBase64` has the true bytes.
package struct JSONLinesFormatter: ResultFormatter {
    /// Makes a formatter.
    package init() {}

    package func appendHeader(to output: inout [UInt8]) {}

    package func append(_ picture: ClassifiedPicture, to output: inout [UInt8]) {
        appendSource(picture.source, to: &output)
        JSONText.append(raw: ",\"index\":", to: &output)
        JSONText.append(picture.index, to: &output)
        if let size = picture.size { append(size, to: &output) }
        if picture.isTruncated { JSONText.append(raw: ",\"truncated\":true", to: &output) }
        switch picture.outcome {
        case .classified(let classes): append(classes, to: &output)
        case .failed(let error): append(error, to: &output)
        }
        JSONText.append(raw: "}\n", to: &output)
    }

    private func appendSource(_ source: FilePath, to output: inout [UInt8]) {
        JSONText.append(raw: "{\"source\":", to: &output)
        JSONText.append(string: source.bytes, to: &output)
        guard !source.isText else { return }
        JSONText.append(raw: ",\"sourceBase64\":\"", to: &output)
        PathBase64.append(source.bytes, to: &output)
        JSONText.append(raw: "\"", to: &output)
    }

    private func append(_ size: ImageSize, to output: inout [UInt8]) {
        JSONText.append(raw: ",\"width\":", to: &output)
        JSONText.append(size.width, to: &output)
        JSONText.append(raw: ",\"height\":", to: &output)
        JSONText.append(size.height, to: &output)
    }

    private func append(_ classes: [Classification], to output: inout [UInt8]) {
        JSONText.append(raw: ",\"top\":[", to: &output)
        for (place, item) in classes.enumerated() {
            if place > 0 { JSONText.append(raw: ",", to: &output) }
            append(item, to: &output)
        }
        JSONText.append(raw: "]", to: &output)
    }

    private func append(_ item: Classification, to output: inout [UInt8]) {
        JSONText.append(raw: "{\"class\":", to: &output)
        JSONText.append(item.classIndex, to: &output)
        if let label = item.label {
            JSONText.append(raw: ",\"label\":", to: &output)
            JSONText.append(string: label, to: &output)
        }
        JSONText.append(raw: ",\"score\":", to: &output)
        JSONText.append(item.score, to: &output)
        JSONText.append(raw: "}", to: &output)
    }

    private func append(_ error: PenstockError, to output: inout [UInt8]) {
        JSONText.append(raw: ",\"error\":{\"stage\":", to: &output)
        JSONText.append(string: error.stage.rawValue, to: &output)
        JSONText.append(raw: ",\"message\":", to: &output)
        JSONText.append(string: error.message, to: &output)
        JSONText.append(raw: "}", to: &output)
    }
}
