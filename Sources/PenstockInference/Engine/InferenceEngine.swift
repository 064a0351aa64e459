package import PenstockCore

/// A library that reads and runs models.
///
/// An engine is found at run time; none is needed to build. There is one implementation a folder beside this one.
package protocol InferenceEngine: Sendable {
    /// Which engine it is.
    var kind: EngineKind { get }
    /// The version that the library reports.
    var version: String { get }
    /// The file that the library was opened from.
    var path: FilePath { get }
    /// The devices that this installation can use.
    var devices: [EngineDevice] { get throws(PenstockError) }

    /// Reads a model, without compiling it.
    ///
    /// - Parameter tensors: Which of the model's signatures, inputs and outputs are meant, where the model leaves it open.
    func read(_ model: ModelFile, _ tensors: TensorChoice) throws(PenstockError) -> any ReadModel
}

extension InferenceEngine {
    /// The name that `--engine` takes.
    package var name: String { kind.rawValue }
}

/// A model that an engine has read: it can be looked at, and compiled once its contract is known.
package protocol ReadModel {
    /// The model's inputs and outputs.
    var description: ModelDescription { get }

    /// Compiles the model.
    func compile(_ options: CompileOptions) throws(PenstockError) -> any CompiledModel
}

/// A model that is ready to run.
package protocol CompiledModel: Sendable {
    /// How many pictures a request holds, and whether it may hold fewer.
    var batch: BatchSupport { get }
    /// How many requests the engine wants running at once.
    var parallelism: Int { get }
    /// The arithmetic that the engine chose, as it names it: `f32`, `bf16`….
    var precision: String { get }
    /// What a user should be told once, such as that the model refuses batches.
    var notes: [String] { get }

    /// Makes a request with its own input memory.
    func makeRequest() throws(PenstockError) -> any InferenceRequest
}

/// One inference at a time: memory to fill, a run, and outputs to read.
///
/// Whoever holds a request alone may touch it: fill `input`, `start`, wait for the call, read `output`, and again.
package protocol InferenceRequest: AnyObject, Sendable {
    /// The input tensor's memory: as many slots of equal size as the batch has places.
    var input: UnsafeMutableRawBufferPointer { get }

    /// Runs the first `count` places and calls `whenDone` once: on a thread of the engine's side, or on this one when the
    /// run cannot be started.
    func start(count: Int, whenDone: @escaping @Sendable (PenstockError?) -> Void)

    /// One place's output, valid from `whenDone` until the next `start`.
    func output(at position: Int) -> UnsafeRawBufferPointer
}

/// How a compiled model takes batches.
public enum BatchSupport: Hashable, Sendable {
    /// Any number up to this one.
    case upTo(Int)
    /// Always exactly this number; unused places are computed and ignored.
    case exactly(Int)

    /// The places in a batch.
    public var capacity: Int {
        switch self {
        case .upTo(let count), .exactly(let count): count
        }
    }
}

extension BatchSupport {
    /// How many places run when `count` are filled.
    func places(for count: Int) -> Int {
        switch self {
        case .upTo: count
        case .exactly(let capacity): capacity
        }
    }
}
