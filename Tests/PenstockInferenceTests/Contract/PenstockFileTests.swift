import PenstockCore
import Testing

@testable import PenstockInference

@Suite struct PenstockFileTests {
    private func contract(_ json: String, _ files: [String: String] = [:]) throws -> Contract {
        let all = files.merging(["penstock.json": json]) { _, new in new }
        return try ModelFolder([], all).contract(.classifier([nil, 3, nil, nil]))
    }

    @Test func `says everything`() throws {
        let contract = try contract(
            """
            {"size":[320,240],"fit":"cover","cropFraction":0.875,"cropRounding":"halfToEven","filter":"lanczos","color":"bgr",
             "scale":0.5,"mean":[1,2,3],"deviation":[4,5,6],"labels":["a","b","c"],"activation":"sigmoid","layout":"nchw"}
            """
        )
        #expect(
            contract.preprocessing
                == Preprocessing(
                    size: ImageSize(width: 320, height: 240),
                    fit: .cover(cropFraction: 0.875, rounding: .halfToEven),
                    filter: .lanczos,
                    colorOrder: .bgr,
                    normalization: Normalization(scale: 0.5, mean: [1, 2, 3], deviation: [4, 5, 6]),
                    layout: .nchw
                )
        )
        #expect(contract.labels?.names == ["a", "b", "c"] && contract.activation == .sigmoid)
        #expect(contract.source("fit") == "penstock.json: fit")
    }

    @Test(arguments: [
        ([:], "penstock.json"), (["model.xml": ""], "penstock.json"), (["other.tflite": ""], "model.penstock.json"),
        (["other.tflite": "", "penstock.json": "{}"], "penstock.json"),
    ])
    func `a model with others beside it gets a file of its own name`(files: [String: String], name: String) throws {
        let folder = try ModelFolder([], files)
        let place = PenstockFile.place(beside: try ModelFile(FilePath(folder.model.path)))
        #expect(String(decoding: place.lastComponent, as: UTF8.self) == name)
    }

    @Test func `names a preset and a file of labels`() throws {
        let contract = try contract(
            #"{"size":224,"fit":"contain","pad":114,"preset":"caffe","labels":"names.txt"}"#,
            ["names.txt": "x\ny\nz"]
        )
        #expect(contract.preprocessing.colorOrder == .bgr && contract.preprocessing.fit == .contain(pad: 114))
        #expect(contract.preprocessing.normalization == Preset.caffe.normalization)
        #expect(contract.labels?.names == ["x", "y", "z"])
    }

    @Test func `a preset's means follow the colours`() throws {
        let contract = try contract(#"{"size":224,"preset":"caffe","color":"rgb"}"#)
        #expect(contract.preprocessing.normalization.mean == [123.68, 116.779, 103.939])
    }

    @Test func `the model's own name comes first`() throws {
        let files = [
            "model.penstock.json": #"{"size":100,"preset":"raw"}"#, "model.labels.txt": "a\nb\nc", "labels.txt": "x",
        ]
        let contract = try contract(#"{"size":200,"preset":"raw"}"#, files)
        #expect(contract.preprocessing.size == ImageSize(side: 100))
        #expect(contract.labels?.names == ["a", "b", "c"])
        #expect(contract.source("size") == "model.penstock.json: size")
    }

    @Test(arguments: [
        (#"{"sise":1}"#, "\"sise\""), (#"{"size":"big"}"#, "\"size\""), (#"{"size":[1,2,3]}"#, "\"size\""),
        (#"{"size":0}"#, "\"size\""),
        (#"{"fit":"crop"}"#, "\"fit\""), (#"{"pad":3}"#, "\"pad\""), (#"{"fit":"contain","pad":256}"#, "\"pad\""),
        (#"{"fit":"cover","cropFraction":0}"#, "\"cropFraction\""), (#"{"filter":"cubic"}"#, "\"filter\""),
        (#"{"color":"grb"}"#, "\"color\""), (#"{"mean":[1,2,3]}"#, "0…255"), (#"{"mean":[0,0]}"#, "\"mean\""),
        (#"{"deviation":[0,1,1]}"#, "\"deviation\""), (#"{"scale":"x"}"#, "\"scale\""),
        (#"{"preset":"raw","scale":1}"#, "not both"),
        (#"{"labels":3}"#, "\"labels\""), (#"{"labels":"missing.txt"}"#, "missing.txt"),
        (#"{"activation":"relu"}"#, "\"activation\""),
        (#"{"layout":"chw"}"#, "\"layout\""), ("{\"size\":", "byte 8"), ("3", "object"),
    ]) func `a mistake is named`(json: String, word: String) {
        #expect(message { _ = try contract(json) }.contains(word))
    }
}
