import Foundation
import PenstockCore
import Testing

@testable import Penstock
@testable import PenstockInference

/// The bundled model, whose truth is known, and models that have none.
@Suite struct DoctorTests {
    private let pictures = PictureSource.folder(
        FilePath(Reference.package.appendingPathComponent("Examples/pictures").path)
    )

    private func diagnosis(
        _ model: String,
        of source: PictureSource? = nil,
        _ flags: (inout ContractFlags) -> Void = { _ in }
    ) async throws -> Diagnosis {
        var configuration = Session.Configuration()
        configuration.cache = .none
        flags(&configuration.contract)
        let path = FilePath(Reference.package.appendingPathComponent("Models/\(model)").path)
        return try await Doctor(model: path, configuration: configuration).examine(source ?? pictures)
    }

    /// The normalisations of −1…1, of ImageNet and of 0…1 lie close to each other; the other two are far off.
    private let usable: Set = ["inception", "imagenet", "0…1"]

    @Test(arguments: Preset.allCases)
    func `each preset is judged as what it does to the bundled model`(preset: Preset) async throws {
        let diagnosis = try await diagnosis("shapes/shapes.xml") { $0.preset = preset }
        #expect(diagnosis.pictures.count == 17 && diagnosis.pictures.areJudgedByLabels)
        #expect(diagnosis.findings.count == 10)
        let declared = try #require(diagnosis.declared)
        if usable.contains(preset.rawValue) {
            #expect(diagnosis.verdict == .agrees(declared.candidate))
        } else {
            guard case .disagrees(let better) = diagnosis.verdict else {
                Issue.record("\(preset): \(diagnosis.verdict)")
                return
            }
            #expect(better.normalizationName == "inception" && better.preprocessing.colorOrder == .rgb)
            #expect(declared.standing.isWorse && declared.rightCount < 8)
        }
    }

    @Test func `nonsense that is sure of itself is seen through without labels`() async throws {
        let files = try FileManager.default.subpathsOfDirectory(
            atPath: Reference.package.appendingPathComponent("Examples/pictures").path
        ).filter { $0.contains(".") }.sorted()
        let nameless = try files.enumerated().reduce(PictureSource.files([FilePath]())) { source, file in
            let url = Reference.package.appendingPathComponent("Examples/pictures/\(file.element)")
            return source.followed(by: .bytes([UInt8](try Data(contentsOf: url)), name: "\(file.offset)"))
        }
        let diagnosis = try await diagnosis("shapes/shapes.xml", of: nameless) { $0.preset = .raw }
        #expect(diagnosis.pictures.count == 17 && diagnosis.pictures.labelled == 0)
        let declared = try #require(diagnosis.declared)
        #expect(declared.confidence > 0.9 && declared.standing.isWorse)
        #expect(diagnosis.recommended?.normalizationName == "inception")
    }

    @Test func `random weights get no verdict, whatever they are shown`() async throws {
        let diagnosis = try await diagnosis("test/untrained.onnx")
        #expect(diagnosis.recommended == nil, "\(diagnosis.verdict)")
        #expect(diagnosis.fits.isEmpty)
    }

    @Test func `a model that takes bytes has its colours and fits compared`() async throws {
        let diagnosis = try await diagnosis("shapes/shapes_quant.tflite")
        #expect(diagnosis.findings.count == 2)
        #expect(diagnosis.verdict == .unclear(.noDifference))
    }

    @Test func `few pictures are too few, and one is none to compare`() async throws {
        let one = PictureSource.files([
            FilePath(Reference.package.appendingPathComponent("Examples/pictures/star-01.jpg").path)
        ])
        let diagnosis = try await diagnosis("shapes/shapes.xml", of: one)
        #expect(diagnosis.verdict == .unclear(.tooFewPictures(1)))
        #expect(diagnosis.findings.count == 10)
    }

    @Test func `what cannot be read is counted, and none at all is an error`() async throws {
        let nowhere = PictureSource.files(["/nowhere/1.jpg", "/nowhere/2.jpg"])
        let error = await #expect(throws: PenstockError.self) {
            _ = try await self.diagnosis("shapes/shapes.xml", of: nowhere)
        }
        #expect(error?.message.hasPrefix("None of the inputs") == true)
        let found = try await self.diagnosis("shapes/shapes.xml", of: nowhere.followed(by: pictures))
        #expect(found.pictures.failed == 2 && found.pictures.firstFailure != nil)
    }

    @Test func `rounds of few views say what one round of all says`() async throws {
        var configuration = Session.Configuration()
        configuration.cache = .none
        configuration.precision = .f32
        let model = FilePath(Reference.package.appendingPathComponent("Models/shapes/shapes.xml").path)
        let session = try await Session(model: model, configuration: configuration)
        let candidates = Array(Diagnosis.Candidate.normalizations(session.contract, filed: nil).prefix(2))
        let sample = try await PictureSample.draw(5, from: pictures)
        var examination = Examination(session: session, sample: sample, options: Doctor.Options())
        let atOnce = try await examination.look(under: candidates)
        // One view a round.
        examination.memory = 1
        let inRounds = try await examination.look(under: candidates)
        #expect(inRounds.pictureCount == 5)
        #expect(inRounds.testimonies.map(\.scores) == atOnce.testimonies.map(\.scores))
        #expect(inRounds.testimonies.map(\.recognition) == atOnce.testimonies.map(\.recognition))
    }

    @Test func `videos give frames from their whole length`() async throws {
        let clip = FilePath(Reference.package.appendingPathComponent("Examples/clips/shapes.mp4").path)
        var options = Doctor.Options()
        options.sample = 12
        var configuration = Session.Configuration()
        configuration.cache = .none
        let model = FilePath(Reference.package.appendingPathComponent("Models/shapes/shapes.xml").path)
        let diagnosis = try await Doctor(model: model, configuration: configuration)
            .examine(.files([clip]), options: options)
        #expect((2...12).contains(diagnosis.pictures.count))
    }

    @Test func `a stream is refused, since it can be seen only once`() async throws {
        await #expect(throws: PenstockError.self) {
            try await diagnosis("shapes/shapes.xml", of: .arguments(["rtsp://localhost/camera"]))
        }
    }

    @Test func `a detector is refused as by everything else`() async throws {
        await #expect(throws: PenstockError.self) { try await diagnosis("test/detector.onnx") }
    }
}
