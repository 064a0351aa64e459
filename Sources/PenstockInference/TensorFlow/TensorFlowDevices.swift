internal import CTensorFlow
internal import PenstockCore
internal import PenstockFlow

/// The devices that the library can run on.
struct TensorFlowDevices: Hashable, Sendable {
    /// As `--device` takes them: `CPU`, `GPU:0`, `GPU:1`….
    let names: [String]

    /// Asks the library.
    ///
    /// - Parameter threads: The threads of models to come: the first session of a process decides for all.
    init(_ library: TensorFlowLibrary, threads: Int = AvailableCores.current().count) throws(PenstockError) {
        var configuration = TensorFlowConfiguration(threads: threads)
        configuration.usesProcessorOnly = false
        let session = try TensorFlowSession.running(TensorFlowGraph(library), configuration)
        let functions = library.functions
        let list = try unsafe library.call(.engineBroken, at: .configure, "TensorFlow would not list its devices") {
            unsafe functions.SessionListDevices(session.pointer, $0)
        }
        // The list is ours from the call above to the end of this one.
        defer { unsafe functions.DeleteDeviceList(list) }
        var names: [String] = []
        for index in unsafe 0..<functions.DeviceListCount(list) {
            let full = try unsafe library.call(.engineBroken, at: .configure, "TensorFlow would not name a device") {
                // The name belongs to the list and is copied.
                unsafe functions.DeviceListName(list, index, $0).map { unsafe String(cString: $0) } ?? ""
            }
            names.append(Self.short(full))
        }
        self.names = names
    }

    /// What comes behind `device:` in the library's own name, with the only processor called by its kind alone.
    private static func short(_ full: String) -> String {
        let name = full.firstRange(of: "device:").map { String(full[$0.upperBound...]) } ?? full
        return name == "CPU:0" ? "CPU" : name
    }
}

extension TensorFlowDevices {
    /// Whether a device that was asked for is the processor. The library is asked only about others.
    ///
    /// - Throws: When there is no such device, or models cannot be put there.
    static func isProcessor(
        _ wanted: String,
        _ library: TensorFlowLibrary,
        threads: Int
    ) throws(PenstockError) -> Bool {
        if ["CPU", "CPU:0"].contains(wanted) { return true }
        let names = try TensorFlowDevices(library, threads: threads).names
        let name = wanted == "GPU" ? "GPU:0" : wanted
        guard names.contains(name) else { throw EngineKind.tensorflow.hasNoDevice(wanted, names) }
        guard name == "GPU:0" else {
            throw refusal(
                "TensorFlow puts models on the first graphics card that it sees; to use \(wanted), say --device GPU "
                    + "and set CUDA_VISIBLE_DEVICES to that card."
            )
        }
        return false
    }
}
