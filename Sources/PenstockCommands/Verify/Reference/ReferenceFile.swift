internal import Glibc
internal import Penstock
internal import PenstockCore

/// An open reference: its records can be gone through, and read again by where they begin.
final class ReferenceFile: Sendable {
    /// What was named.
    let path: FilePath
    private let bytes: ReferenceBytes
    private let form: RecordSplitter.Form
    private let columns: ReferenceColumns?
    private let objects: ReferenceObject

    /// Opens a reference and finds out its form.
    ///
    /// - Parameter model: The model of several whose answers are wanted.
    init(_ path: FilePath, model: String?) throws(PenstockError) {
        self.path = path
        bytes = try ReferenceBytes(path)
        form = Self.form(try bytes.read(at: 0, upTo: 1 << 16))
        columns = try form == .csv ? Self.columns(bytes, model) : nil
        objects = ReferenceObject(model: model)
    }

    /// What to say of a reference without a record.
    static func empty(_ path: FilePath) -> PenstockError {
        PenstockError(.corrupt, at: .configure, "\(path) holds no result to compare with.")
    }

    private static func form(_ head: [UInt8]) -> RecordSplitter.Form {
        let text = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head[3...] : head[...]
        let first = text.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[") ? .json : .csv
    }

    private static func columns(_ bytes: ReferenceBytes, _ model: String?) throws(PenstockError) -> ReferenceColumns {
        var splitter = RecordSplitter(.csv)
        let step = try bytes.next(&splitter)
        if step == .more { throw empty(bytes.path) }
        do throws(ReferenceFault) {
            if step == .stray { throw splitter.fault }
            return try ReferenceColumns(header: splitter.record, model: model)
        } catch {
            throw PenstockError(
                .corrupt,
                at: .configure,
                "\(bytes.path) cannot be compared with: as comma-separated values, \(error.explanation)"
            )
        }
    }
}

// MARK: - Reading

extension ReferenceFile {
    /// Goes through all records from the beginning, and calls `body` with each item and where its record begins.
    ///
    /// - Throws: At the first record that cannot be understood, with its line.
    func scan(_ body: (ReferenceItem, _ offset: Int) throws(PenstockError) -> Void) throws(PenstockError) {
        var splitter = RecordSplitter(form)
        var isHeader = form == .csv
        var models = ModelsSeen()
        try bytes.split(&splitter) { (splitter, step) throws(PenstockError) in
            if step == .stray { throw damaged(splitter, splitter.fault) }
            if !isHeader { try handOver(splitter, &models, body) }
            isHeader = false
        }
        if let fault = columns?.fault(models) {
            throw PenstockError(.corrupt, at: .configure, "\(path) cannot be compared with: \(fault.explanation)")
        }
    }

    private func handOver(
        _ splitter: RecordSplitter,
        _ models: inout ModelsSeen,
        _ body: (ReferenceItem, Int) throws(PenstockError) -> Void
    ) throws(PenstockError) {
        do throws(ReferenceFault) {
            guard let item = try item(splitter.record, &models) else { return }
            do throws(PenstockError) {
                try body(item, splitter.start)
            } catch {
                throw ReferenceFault(error.message, isOfForm: false)
            }
        } catch {
            throw damaged(splitter, error)
        }
    }

    /// Reads the record that begins at an offset; `nil` where there is none any more.
    func item(at offset: Int) throws(PenstockError) -> ReferenceItem? {
        var splitter = RecordSplitter(form, at: offset)
        var models = ModelsSeen()
        return try bytes.next(&splitter) == .whole ? try? item(splitter.record, &models) : nil
    }

    private func item(_ record: [UInt8], _ models: inout ModelsSeen) throws(ReferenceFault) -> ReferenceItem? {
        if let columns { try columns.item(record, &models) } else { try objects.item(record) }
    }

    private func damaged(_ splitter: RecordSplitter, _ fault: ReferenceFault) -> PenstockError {
        PenstockError(
            .corrupt,
            at: .configure,
            "Line \(splitter.startLine) of \(path) cannot be compared with: \(fault.explanation)"
        )
    }
}
