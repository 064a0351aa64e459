import Foundation
import PenstockCore
import PenstockFlow
import PenstockImages
import Synchronization
import Testing

@testable import Penstock

/// Pictures in a folder, and a folder for what is made of them.
struct ProcessingWorld {
    let folder: TemporaryFolder
    let input: FilePath
    let output: FilePath

    init() throws {
        folder = try TemporaryFolder()
        try folder.folder("in")
        input = folder.path.appending("in")
        output = folder.path.appending("out")
    }

    /// Options that write PNM's nearest kin, which needs no library.
    func options(_ kind: OutputKind = .picture(.bmp), workers: Int = 4) -> ProcessingJob.Options {
        var settings = OutputSettings(output)
        settings.format = kind
        var options = ProcessingJob.Options(output: settings)
        options.workers = workers
        return options
    }

    /// Makes small pictures, each of one grey level of its own.
    func pictures(_ names: [String]) throws {
        for (index, name) in names.enumerated() {
            try folder.file("in/" + name, Self.picture(UInt8(truncatingIfNeeded: index)))
        }
    }

    /// A picture of 3×2 pixels of one grey, as PGM.
    static func picture(_ gray: UInt8, width: Int = 3, height: Int = 2) -> [UInt8] {
        Array("P5 \(width) \(height) 255\n".utf8) + [UInt8](repeating: gray, count: width * height)
    }

    /// Everything below the output folder, as sorted paths.
    var written: [String] {
        let root = URL(fileURLWithPath: output.description).resolvingSymlinksInPath().path + "/"
        let found = FileManager.default.enumerator(at: URL(fileURLWithPath: root), includingPropertiesForKeys: nil)
        return (found?.compactMap { $0 as? URL } ?? []).filter { !$0.hasDirectoryPath }
            .map { String($0.resolvingSymlinksInPath().path.dropFirst(root.count)) }.sorted()
    }

    /// The first sample of a picture that was written.
    func sample(_ name: String) throws -> UInt8 {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: output.appending(name).description)))
        let canvas = PixelCanvas()
        _ = try unsafe bytes.withUnsafeBytes { try unsafe PictureDecoder().decode($0, into: canvas) }
        return canvas.pixels.bytes[0]
    }
}

extension ProcessingJob {
    /// Runs the job to its end.
    func results() async throws -> [ProcessedPicture] {
        var results: [ProcessedPicture] = []
        for try await result in self { results.append(result) }
        return results
    }
}

extension ProcessedPicture {
    /// The output's name, marked where the item was skipped or failed.
    var short: String {
        switch outcome {
        case .written(let file): file.output.description
        case .skipped(let output): "skipped \(output)"
        case .encoded: "encoded"
        case .video(let file, let frames): "\(file.output) of \(frames)"
        case .failed(let error): "failed: \(error.code.rawValue)"
        }
    }
}
