package import PenstockCore

/// How a model is to be compiled.
package struct CompileOptions: Sendable {
    /// The device, as the engine names it: in capitals, however it was spelt.
    package let device: String
    /// The arithmetic to use.
    package var precision: Precision
    /// The places in a batch; `nil` leaves it to what the model and the engine do best.
    package var batch: Int?
    /// The cores to plan with.
    package var threads: Int
    /// Where compiled models are kept between runs; `nil` keeps none.
    package var cacheDirectory: FilePath?
    /// The preprocessing that was decided on, which settles dimensions that the model leaves open.
    package var preprocessing: Preprocessing
    /// Which of the model's outputs holds the classes.
    package var outputIndex: Int

    /// Makes options.
    package init(
        device: String = "CPU",
        precision: Precision = .auto,
        batch: Int? = nil,
        threads: Int,
        cacheDirectory: FilePath? = nil,
        preprocessing: Preprocessing,
        outputIndex: Int = 0
    ) {
        self.device = device.uppercased()
        self.precision = precision
        self.batch = batch
        self.threads = threads
        self.cacheDirectory = cacheDirectory
        self.preprocessing = preprocessing
        self.outputIndex = outputIndex
    }
}

/// The arithmetic of an inference.
public enum Precision: String, Hashable, Sendable, CaseIterable {
    /// 32-bit for quantised models, and for others what the engine chooses on this machine.
    case auto
    /// 32-bit floating point.
    case f32
    /// 16-bit brain floating point.
    case bf16
    /// 16-bit IEEE floating point.
    case f16
}
