internal import Glibc
internal import Penstock
internal import PenstockCore

/// An open reference: its records can be gone through once, and read again by where they begin.
final class ReferenceFile: Sendable {
    /// What was named.
    let path: FilePath
    private let descriptor: Int32
    private let form: RecordSplitter.Form
    private let columns: ReferenceColumns?
    private let objects: ReferenceObject

    /// Opens a reference and finds out its form.
    ///
    /// - Parameter model: The model of several whose answers are wanted.
    init(_ path: FilePath, model: String?) throws(PenstockError) {
        guard case .regular = FileSystem.kind(path) else { throw Self.notAFile(path) }
        let descriptor = unsafe path.withCString { unsafe open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw SystemFailure.reading(path, errno) }
        do throws(PenstockError) {
            let head = try Descriptor.read(descriptor, upTo: 1 << 16, path: path)
            form = Self.form(head)
            columns = try form == .csv ? Self.columns(head, path, model) : nil
        } catch {
            close(descriptor)
            throw error
        }
        self.path = path
        self.descriptor = descriptor
        objects = ReferenceObject(model: model)
    }

    deinit {
        close(descriptor)
    }

    private static func notAFile(_ path: FilePath) -> PenstockError {
        FileSystem.exists(path)
            ? PenstockError(.notAFile, at: .configure, "\(path) is no file; name the results of a run after --against.")
            : PenstockError(.notFound, at: .configure, "There is no \(path); check the path after --against.")
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

    private static func columns(
        _ head: [UInt8],
        _ path: FilePath,
        _ model: String?
    ) throws(PenstockError) -> ReferenceColumns {
        let header = head.prefix { $0 != 0x0A }
        guard !header.isEmpty else { throw Self.empty(path) }
        do throws(ReferenceFault) {
            return try ReferenceColumns(header: Array(header), model: model)
        } catch {
            throw PenstockError(
                .corrupt,
                at: .configure,
                "\(path) cannot be compared with: as comma-separated values, \(error.explanation)"
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
        var offset = 0
        while true {
            let chunk = try read(at: offset, upTo: 1 << 16)
            if chunk.isEmpty { break }
            offset += chunk.count
            for byte in chunk {
                switch splitter.take(byte) {
                case .more: continue
                case .stray: throw damaged(splitter, ReferenceFault("it is cut short, or no object"))
                case .whole: try handOver(&splitter, &isHeader, body)
                }
            }
        }
        switch splitter.end() {
        case .more: break
        case .stray: throw damaged(splitter, ReferenceFault("it is cut short"))
        case .whole: try handOver(&splitter, &isHeader, body)
        }
    }

    private func handOver(
        _ splitter: inout RecordSplitter,
        _ isHeader: inout Bool,
        _ body: (ReferenceItem, Int) throws(PenstockError) -> Void
    ) throws(PenstockError) {
        defer { splitter.clear() }
        if isHeader {
            isHeader = false
            return
        }
        do throws(ReferenceFault) {
            guard let item = try item(splitter.record) else { return }
            do throws(PenstockError) {
                try body(item, splitter.start)
            } catch {
                throw ReferenceFault(error.message, isOfForm: false)
            }
        } catch {
            throw damaged(splitter, error)
        }
    }

    /// Reads the record that begins at an offset.
    func item(at offset: Int) throws(PenstockError) -> ReferenceItem? {
        var splitter = RecordSplitter(form, at: offset)
        var next = offset
        while true {
            let chunk = try read(at: next, upTo: 4096)
            next += chunk.count
            var step = chunk.isEmpty ? splitter.end() : RecordSplitter.Step.more
            for byte in chunk where step == .more { step = splitter.take(byte) }
            if step == .more, !chunk.isEmpty { continue }
            return step == .whole ? try? item(splitter.record) : nil
        }
    }

    private func item(_ record: [UInt8]) throws(ReferenceFault) -> ReferenceItem? {
        if let columns { try columns.item(record) } else { try objects.item(record) }
    }

    private func read(at offset: Int, upTo count: Int) throws(PenstockError) -> [UInt8] {
        lseek(descriptor, off_t(offset), SEEK_SET)
        return try Descriptor.read(descriptor, upTo: count, path: path)
    }

    private func damaged(_ splitter: RecordSplitter, _ fault: ReferenceFault) -> PenstockError {
        PenstockError(
            .corrupt,
            at: .configure,
            "Line \(splitter.startLine) of \(path) cannot be compared with: \(fault.explanation)"
        )
    }
}
