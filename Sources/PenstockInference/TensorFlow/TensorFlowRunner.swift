internal import CTensorFlow
internal import PenstockCore

/// Runs a session from one input to one output.
@safe final class TensorFlowRunner {
    let session: TensorFlowSession
    /// The bytes of one picture.
    let slotBytes: Int

    private let input: tf_output
    private let output: tf_output
    private let type: Int32
    /// The input's dimensions after the batch.
    private let dimensions: [Int64]

    var library: TensorFlowLibrary { session.library }

    /// Finds both ends in the session's graph.
    ///
    /// - Throws: When the graph does not have what is said of it.
    init(
        _ session: TensorFlowSession,
        _ file: ModelFile,
        input: GraphTensor,
        output: GraphTensor,
        _ preprocessing: Preprocessing
    ) throws(PenstockError) {
        unsafe self.input = unsafe try session.graph.require(input, of: file)
        unsafe self.output = unsafe try session.graph.require(output, of: file)
        guard let type = TensorFlowElementTypes.number(of: input.description.elementType),
            input.description.elementType == preprocessing.elementType.rawValue
        else { throw file.notWhole }
        self.session = session
        self.type = type
        let size = preprocessing.size
        let edges = [size.height, size.width].map { Int64($0) }
        dimensions = preprocessing.layout == .nhwc ? edges + [3] : [3] + edges
        slotBytes = preprocessing.byteCount
    }
}

/// The two ends belong to the session's graph and never change.
extension TensorFlowRunner: @unchecked Sendable {}

extension TensorFlowGraph {
    /// A tensor that a file says the graph has, of the type that it says.
    fileprivate func require(_ tensor: GraphTensor, of file: ModelFile) throws(PenstockError) -> tf_output {
        guard let output = unsafe output(tensor.name),
            unsafe elementType(of: output) == tensor.description.elementType
        else {
            throw PenstockError(
                .modelUnreadable,
                at: .configure,
                "\(file.named) says that it has a tensor \(tensor.name.operation):\(tensor.name.index) of "
                    + "\(tensor.description.elementType), and its graph has none. Export the model again."
            )
        }
        return unsafe output
    }
}

extension TensorFlowRunner {
    /// A tensor of `places` pictures over memory that outlives it; the caller owns what is returned.
    func tensor(over memory: UnsafeMutableRawBufferPointer, places: Int) throws(PenstockError) -> OpaquePointer {
        precondition(memory.count >= places * slotBytes, "the memory holds every place")
        let shape = [Int64(places)] + dimensions
        let functions = library.functions
        // The memory was checked to be long enough, and stays its owner's.
        let tensor = unsafe functions.NewTensor(
            type,
            shape,
            Int32(shape.count),
            memory.baseAddress,
            places * slotBytes,
            penstock_tensorflow_keep,
            nil
        )
        guard let tensor = unsafe tensor, unsafe functions.TensorData(tensor) == memory.baseAddress else {
            // The library copies what is not aligned as it likes: pictures filled in later would not be seen.
            if let tensor = unsafe tensor { unsafe functions.DeleteTensor(tensor) }
            throw PenstockError(
                .inferenceFailed,
                at: .infer,
                "TensorFlow would not take an input of \(places) pictures."
            )
        }
        return unsafe tensor
    }

    /// Runs the session on a tensor; the caller owns what is returned.
    func run(_ tensor: OpaquePointer, _ status: OpaquePointer) throws(PenstockError) -> OpaquePointer {
        var input = unsafe input
        var output = unsafe output
        var value: OpaquePointer? = unsafe tensor
        var result: OpaquePointer?
        // One input, one output, each a local that the call reads or fills.
        unsafe library.functions.SessionRun(
            session.pointer,
            nil,
            &input,
            &value,
            1,
            &output,
            &result,
            1,
            nil,
            0,
            nil,
            status
        )
        try unsafe library.check(status, .inferenceFailed, at: .infer, "The inference failed")
        return unsafe result!
    }

    /// Runs `places` black pictures, and returns the bytes that come out.
    func trial(places: Int) throws(PenstockError) -> Int {
        let functions = library.functions
        let memory = unsafe try BatchMemory(placeBytes: slotBytes, places: places).allocate()
        let status = functions.NewStatus()!
        // All three are ours from here to the end of this call; the tensor goes before its memory.
        defer {
            unsafe memory.deallocate()
            unsafe functions.DeleteStatus(status)
        }
        let tensor = unsafe try tensor(over: memory, places: places)
        defer { unsafe functions.DeleteTensor(tensor) }
        let output = unsafe try run(tensor, status)
        defer { unsafe functions.DeleteTensor(output) }
        return unsafe functions.TensorByteSize(output)
    }
}
