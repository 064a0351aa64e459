internal import CTensorFlow
internal import PenstockCore

/// A session of the library's: a graph with its variables' values, ready to run from any thread.
@safe final class TensorFlowSession {
    let graph: TensorFlowGraph
    let pointer: OpaquePointer

    var library: TensorFlowLibrary { graph.library }

    private init(_ graph: TensorFlowGraph, adopting pointer: OpaquePointer) {
        self.graph = graph
        unsafe self.pointer = unsafe pointer
    }

    deinit {
        let functions = graph.library.functions
        let status = functions.NewStatus()!
        // Owned since init; whoever runs something on it holds a reference, so nothing is running.
        EngineActivity.during(.tensorflow) { unsafe functions.DeleteSession(pointer, status) }
        unsafe functions.DeleteStatus(status)
    }
}

/// The library lets any thread run a session.
extension TensorFlowSession: @unchecked Sendable {}

extension TensorFlowSession {
    /// A session that runs a graph whose weights are in it.
    static func running(
        _ graph: TensorFlowGraph,
        _ configuration: TensorFlowConfiguration
    ) throws(PenstockError) -> TensorFlowSession {
        let library = graph.library
        let pointer = try unsafe library.withOptions(configuration) { (options) throws(PenstockError) in
            try unsafe library.call(.compilationFailed, at: .configure, "TensorFlow could not start") { status in
                unsafe library.functions.NewSession(graph.pointer, options, status)
            }
        }
        return unsafe TensorFlowSession(graph, adopting: pointer!)
    }

    /// A session with a SavedModel's graph and variables.
    static func loading(
        _ file: ModelFile,
        tags: [String],
        _ library: TensorFlowLibrary,
        _ configuration: TensorFlowConfiguration
    ) throws(PenstockError) -> TensorFlowSession {
        let graph = TensorFlowGraph(library)
        let pointer = try unsafe library.withOptions(configuration) { (options) throws(PenstockError) in
            let what = "\(file.named) could not be loaded as \(file.format.rawValue)"
            return try unsafe library.call(.modelUnreadable, at: .configure, what) { status in
                unsafe file.path.withCString { folder in
                    // The strings live to the end of `withCStrings`; the library copies them.
                    unsafe withCStrings(tags) { tags, count in
                        unsafe library.functions.LoadSessionFromSavedModel(
                            options,
                            nil,
                            folder,
                            tags,
                            Int32(count),
                            graph.pointer,
                            nil,
                            status
                        )
                    }
                }
            }
        }
        return unsafe TensorFlowSession(graph, adopting: pointer!)
    }
}
