internal import Glibc
package import PenstockCore

extension ModelFile {
    /// A hash of the model's files, by which two versions of a model can be told apart wherever they lie.
    package func contentDigest() throws(PenstockError) -> String {
        var hash = StableHash()
        for file in try contentFiles() {
            hash.combine(Array(file.lastComponent))
            try Self.combine(file, into: &hash)
        }
        return hash.description
    }

    /// The files of the model, in a fixed order.
    private func contentFiles() throws(PenstockError) -> [FilePath] {
        switch format {
        case .savedModel: Self.filesBelow(path)
        case .openvinoIR: [path, FilePath(bytes: path.bytes.dropLast(3) + Array("bin".utf8))].filter(FileSystem.exists)
        case .onnx:
            [path] + (try ONNXWeights.files(of: path)).filter { FileSystem.exists($0) && !FileSystem.isDirectory($0) }
        case .frozenGraph, .tflite: [path]
        }
    }

    private static func filesBelow(_ folder: FilePath) -> [FilePath] {
        FileSystem.names(in: folder).map { folder.appending($0) }.sorted().flatMap {
            FileSystem.isDirectory($0) ? filesBelow($0) : [$0]
        }
    }

    /// Hashes a file of any size, eight bytes at a time.
    private static func combine(_ file: FilePath, into hash: inout StableHash) throws(PenstockError) {
        let descriptor = unsafe file.withCString { unsafe open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw SystemFailure.reading(file, errno) }
        defer { close(descriptor) }
        let size = 1 << 20
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 64)
        defer { unsafe buffer.deallocate() }
        while true {
            // At most `size` bytes are read into a buffer of that size; what a short read leaves is zeroed.
            let count = unsafe read(descriptor, buffer.baseAddress!, size)
            guard count >= 0 else { throw SystemFailure.reading(file, errno) }
            if count == 0 { return }
            let words = (count + 7) / 8
            for index in count..<(words * 8) { unsafe buffer[index] = 0 }
            hash.combine(UInt64(count))
            for index in 0..<words { unsafe hash.combine(buffer.load(fromByteOffset: index * 8, as: UInt64.self)) }
        }
    }
}
