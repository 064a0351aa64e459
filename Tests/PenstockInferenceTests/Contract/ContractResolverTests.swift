import PenstockCore
import Testing

@testable import PenstockInference

@Suite struct ContractResolverTests {
    private func contract(
        _ description: ModelDescription,
        _ files: [String: String] = [:],
        _ change: (inout ContractFlags) throws -> Void = { _ in }
    ) throws -> Contract {
        try ModelFolder([], files).contract(description, change)
    }

    private func raw(_ flags: inout ContractFlags) { flags.preset = .raw }

    @Test func `a uint8 model of known size needs nothing else`() throws {
        let contract = try contract(.classifier([nil, 299, 299, 3], type: "uint8"))
        #expect(contract.preprocessing == Preprocessing(size: ImageSize(side: 299), elementType: .uint8, layout: .nhwc))
        #expect(contract.labels == nil && contract.activation == .auto && contract.classCount == 3)
        #expect(contract.source("fit").hasPrefix("default"))
    }

    @Test func `a float model that nothing describes is refused with the presets`() {
        let text = message { _ = try contract(.classifier()) }
        for preset in Preset.allCases { #expect(text.contains(preset.rawValue)) }
    }

    @Test func `flags come before files`() throws {
        let files = ["penstock.json": #"{"filter":"box","fit":"cover","preset":"imagenet"}"#]
        let contract = try contract(.classifier(), files) { ($0.filter, $0.preset) = (.hamming, .caffe) }
        #expect(contract.preprocessing.filter == .hamming && contract.source("filter") == "--resample")
        #expect(contract.preprocessing.fit == .cover() && contract.source("fit") == "penstock.json: fit")
        #expect(contract.preprocessing.colorOrder == .bgr && contract.source("color") == "--preset caffe")
    }

    @Test func `a penstock file comes before a hub's files`() throws {
        let folder = try ModelFolder(fixture: "convnext", ["penstock.json": #"{"fit":"stretch"}"#])
        let contract = try folder.contract(.classifier())
        #expect(contract.preprocessing.fit == .stretch && contract.preprocessing.filter == .bicubic)
    }

    @Test(
        arguments: [
            ([1, 3, 224, 224], TensorLayout.nchw), ([1, 224, 224, 3], .nhwc), ([nil, nil, nil, 3], .nhwc),
            ([4, 3, nil, nil], .nchw),
        ] as [([Int?], TensorLayout)]
    ) func `the layout is read from the shape`(shape: [Int?], layout: TensorLayout) throws {
        let contract = try contract(.classifier(shape)) { ($0.preset, $0.size) = (.raw, ImageSize(side: 224)) }
        #expect(contract.preprocessing.layout == layout)
    }

    @Test(arguments: [[nil, 3, 1 << 62, 1 << 62], [1, 3, 0, 0], [1, 3, 224, 65536]] as [[Int?]])
    func `a size that no picture has is refused`(shape: [Int?]) {
        let text = message { _ = try contract(.classifier(shape), [:], raw) }
        #expect(text.contains("65535"), "\(text)")
    }

    @Test func `width and height keep their places`() throws {
        #expect(
            try contract(.classifier([1, 3, 240, 320]), [:], raw).preprocessing.size
                == ImageSize(width: 320, height: 240)
        )
        #expect(
            try contract(.classifier([1, 240, 320, 3]), [:], raw).preprocessing.size
                == ImageSize(width: 320, height: 240)
        )
    }

    @Test(arguments: [[1, 3, 3, 3], [nil, nil, nil, nil]] as [[Int?]]) func `an open layout is asked for`(shape: [Int?])
        throws
    {
        #expect(message { _ = try contract(.classifier(shape), [:], raw) }.contains("--layout"))
        let declared = try contract(.classifier(shape)) {
            ($0.preset, $0.layout, $0.size) = (.raw, .nchw, shape[2].map { ImageSize(side: $0) } ?? ImageSize(side: 9))
        }
        #expect(declared.preprocessing.layout == .nchw)
    }

    @Test func `an open size is asked for`() throws {
        #expect(message { _ = try contract(.classifier([1, 3, nil, nil]), [:], raw) }.contains("--size"))
    }

    @Test func `declarations that contradict the model are refused`() {
        let size = message { _ = try contract(.classifier()) { ($0.preset, $0.size) = (.raw, ImageSize(side: 299)) } }
        #expect(size.contains("--size says 299×299") && size.contains("224×224"))
        #expect(throws: PenstockError.self) { try contract(.classifier()) { ($0.preset, $0.layout) = (.raw, .nhwc) } }
    }

    @Test func `an explicit normalisation of a uint8 model is refused, raw is not`() throws {
        let model = ModelDescription.classifier([1, 224, 224, 3], type: "uint8")
        #expect(message { _ = try contract(model) { $0.preset = .inception } }.contains("bytes"))
        #expect(try contract(model, [:], raw).preprocessing.normalization == .none)
        let hub = try ModelFolder(fixture: "convnext").contract(.classifier([1, 224, 224, 3], type: "uint8"))
        #expect(hub.preprocessing.normalization == .none && hub.source("normalization").contains("not applied"))
    }

    @Test(
        arguments: [
            ([1, 1, 224, 224], "grey"), ([1, 224, 224, 1], "grey"), ([1, 4, 224, 224], "three colour"),
            ([1, 224, 224], "dimensions"),
            ([1, 1000], "dimensions"), ([], "dimensions"),
        ] as [([Int?], String)]
    ) func `inputs that are no colour pictures are refused`(shape: [Int?], word: String) {
        #expect(message { _ = try contract(.classifier(shape), [:], raw) }.contains(word))
    }

    @Test func `two inputs, none, and odd types are refused`() {
        let input = TensorDescription(name: "left", shape: [1, 3, 8, 8], elementType: "float32")
        var description = ModelDescription.classifier()
        description.inputs.append(input)
        #expect(message { _ = try contract(description, [:], raw) }.contains("pixels [1,3,224,224], left [1,3,8,8]"))
        description.inputs = []
        #expect(message { _ = try contract(description, [:], raw) }.contains("no input"))
        #expect(message { _ = try contract(.classifier(type: "string"), [:], raw) }.contains("string"))
    }

    @Test(arguments: [[1, 3], [nil, 3], [3], [1, 3, 1, 1], [1, 1, 1, 3]] as [[Int?]])
    func `scores come in several shapes`(shape: [Int?]) throws {
        #expect(try contract(.classifier(output: shape), [:], raw).classCount == 3)
    }

    @Test(
        arguments: [
            ([1, 100, 6], "detection"), ([1, 84, 8400], "detection"), ([1, 1, 100, 7], "detection"),
            ([1, 21, 65, 65], "segmentation"),
            ([1, nil], "how many classes"), ([], "[N,classes]"),
        ] as [([Int?], String)]
    ) func `outputs that are no scores are refused`(shape: [Int?], word: String) {
        #expect(message { _ = try contract(.classifier(output: shape), [:], raw) }.contains(word))
    }

    private func outputs(_ shapes: [[Int?]]) -> ModelDescription {
        var description = ModelDescription.classifier()
        description.outputs = shapes.enumerated().map {
            TensorDescription(name: "out\($0.offset)", shape: $0.element, elementType: "float32")
        }
        return description
    }

    @Test func `of several outputs the only one of scores is taken`() throws {
        #expect(try contract(outputs([[1, 197, 768], [1, 3]]), [:], raw).outputIndex == 1)
        #expect(message { _ = try contract(outputs([[1, 3], [1, 3]]), [:], raw) }.contains("out0 [1,3], out1 [1,3]"))
        #expect(message { _ = try contract(outputs([[1, 100, 4], [1, 100]]), [:], raw) }.contains("detection"))
        #expect(throws: PenstockError.self) { try contract(outputs([]), [:], raw) }
    }

    @Test func `a single value needs an activation`() throws {
        let model = ModelDescription.classifier(output: [1, 1])
        #expect(message { _ = try contract(model, [:], raw) }.contains("--activation"))
        #expect(try contract(model) { ($0.preset, $0.activation) = (.raw, .sigmoid) }.classCount == 1)
    }

    @Test func `output types decide how scores are read`() throws {
        #expect(try contract(.classifier(outputType: "uint8"), [:], raw).scoreFormat == .uint8(.unitBytes))
        #expect(throws: PenstockError.self) { try contract(.classifier(outputType: "int8"), [:], raw) }
        #expect(throws: PenstockError.self) { try contract(.classifier(outputType: "int64"), [:], raw) }
    }

    @Test func `labels that do not fit are refused with both numbers`() {
        let text = message { _ = try contract(.classifier(), ["labels.txt": "a\nb"], raw) }
        #expect(text.contains("labels.txt has 2") && text.contains("3 classes"))
    }

    @Test func `a file of labels that is missing is named`() {
        #expect(message { _ = try contract(.classifier()) { $0.labels = "/no/such" } }.contains("/no/such"))
    }

    @Test func `the canonical text changes with what matters and with nothing else`() throws {
        let first = try contract(.classifier(), ["labels.txt": "a\nb\nc"], raw)
        let same = try contract(.classifier(), ["penstock.json": #"{"preset":"raw","labels":["a","b","c"]}"#])
        #expect(first.canonicalText == same.canonicalText && first.origins != same.origins)
        for change in [
            { (flags: inout ContractFlags) in flags.fit = .cover() }, { $0.filter = .box }, { $0.colorOrder = .bgr },
            { $0.activation = .softmax }, { $0.preset = .imagenet },
        ] as [(inout ContractFlags) -> Void] {
            let other = try contract(.classifier(), ["labels.txt": "a\nb\nc"]) { flags in
                raw(&flags)
                change(&flags)
            }
            #expect(other.canonicalText != first.canonicalText)
        }
        #expect(try contract(.classifier(), ["labels.txt": "a\nb\nd"], raw).canonicalText != first.canonicalText)
    }

    @Test func `every field has an origin`() throws {
        let fields = try contract(.classifier(), [:], raw).origins.map(\.field)
        #expect(
            fields == [
                "size", "fit", "filter", "color", "normalization", "type", "layout", "labels", "activation", "output",
            ]
        )
    }
}
