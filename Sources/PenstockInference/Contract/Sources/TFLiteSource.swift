internal import PenstockCore

/// The metadata in a TensorFlow Lite model, and the labels packed behind it.
struct TFLiteSource {
    private let file: MappedFile
    private let model: TFLiteModel

    /// Reads the metadata, if the model is one of TensorFlow Lite.
    static func read(_ model: ModelFile, output: ClassOutput) -> PartialContract {
        guard model.format == .tflite else { return PartialContract() }
        do throws(PenstockError) {
            let file = try MappedFile(model.path)
            return try TFLiteSource(file: file, model: TFLiteModel(file)).partial(output)
        } catch {
            return .unreadable(error)
        }
    }

    private func partial(_ output: ClassOutput) throws(PenstockError) -> PartialContract {
        var partial = PartialContract()
        if let input = model.inputs.first?.metadata {
            partial.colorOrder = colorOrder(input)
            partial.normalization = normalization(input)
        }
        let byName = model.outputs.first { $0.name == output.name }
        let found = byName ?? (model.outputs.indices.contains(output.index) ? model.outputs[output.index] : nil)
        partial.quantization = found?.quantization.map { .value($0, from: "the model: its output's quantisation") }
        partial.labels = try found?.metadata?.labelFile.flatMap { (name) throws(PenstockError) in try labels(name) }
        return partial
    }

    private func colorOrder(_ input: TFLiteMetadata) -> Declaration<ColorOrder>? {
        input.colors == .rgb ? .value(.rgb, from: "TFLite metadata: color_space") : nil
    }

    private func normalization(_ input: TFLiteMetadata) -> Declaration<DeclaredNormalization>? {
        guard let (mean, deviation) = input.normalization else { return nil }
        let means = mean.map { Double($0) }
        let deviations = deviation.map { Double($0) }
        do throws(PenstockError) {
            let declared = try DeclaredNormalization(
                scale: 1,
                mean: means,
                deviation: deviations,
                names: ("scale", "its mean", "its deviation")
            )
            return declared.map { .value($0, from: "TFLite metadata: NormalizationOptions") }
        } catch {
            return .refused("The model's TFLite metadata cannot be used: \(error.message)")
        }
    }

    private func labels(_ name: String) throws(PenstockError) -> Declaration<Labels>? {
        do throws(PenstockError) {
            guard let bytes = try ZipArchive(file)?.content(name) else { return nil }
            return .value(try Labels(text: bytes, name: "\(name) inside the model"), from: "TFLite metadata: \(name)")
        } catch {
            return .refused(error.message)
        }
    }
}
