package import Penstock
internal import PenstockCore

/// Writes comma-separated values (RFC 4180, lines ending in CR LF), one line an item.
///
/// The columns are `source,index,width,height,truncated,error_stage,error,source_base64`, then `class_1,label_1,score_1`
/// and so on for as many classes as a result can hold. What does not apply is empty. So that a line always is one item,
/// line breaks and other control characters in names and messages are written out as `\n`, `\x1B`; a source that this
/// changes, or that is not valid UTF-8, has its true bytes in `source_base64`.
package struct CSVFormatter: ResultFormatter {
    private let top: Int

    /// Makes a formatter for results of at most `top` classes.
    package init(top: Int) {
        self.top = top
    }

    package func appendHeader(to output: inout [UInt8]) {
        let classes = (1...max(1, top)).map { ",class_\($0),label_\($0),score_\($0)" }
        output += Self.fixedColumns.joined(separator: ",").utf8
        output += classes.joined().utf8
        endLine(&output)
    }

    package func append(_ picture: ClassifiedPicture, to output: inout [UInt8]) {
        let source = VisibleText.escaped(picture.source)
        output.appendCSV(source)
        output += ",\(picture.index),".utf8
        if let size = picture.size { output += "\(size.width),\(size.height)".utf8 } else { output += ",".utf8 }
        output += picture.isTruncated ? ",true,".utf8 : ",,".utf8
        if let error = picture.failure { output += error.stage.rawValue.utf8 }
        output.append(Self.comma)
        if let error = picture.failure { output.appendCSV(VisibleText.escaped(error.message)) }
        output.append(Self.comma)
        if !source.utf8.elementsEqual(picture.source.bytes) { PathBase64.append(picture.source.bytes, to: &output) }
        append(picture.top, to: &output)
        endLine(&output)
    }

    private func append(_ classes: [Classification], to output: inout [UInt8]) {
        for item in classes.prefix(max(1, top)) {
            output += ",\(item.classIndex),".utf8
            if let label = item.label { output.appendCSV(VisibleText.escaped(label)) }
            output += ",".utf8
            if item.score.isFinite { output += item.score.description.utf8 }
        }
        let missing = max(0, max(1, top) - classes.count)
        output += repeatElement(Self.comma, count: 3 * missing)
    }

    private func endLine(_ output: inout [UInt8]) {
        output += [0x0D, 0x0A]
    }

    /// The columns before the classes.
    static let fixedColumns = [
        "source", "index", "width", "height", "truncated", "error_stage", "error", "source_base64",
    ]
    private static let comma = UInt8(ascii: ",")
}
