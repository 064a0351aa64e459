internal import CTensorFlow
internal import PenstockCore

/// How a session of the library's is set up: a `ConfigProto`, written by hand.
struct TensorFlowConfiguration: Hashable, Sendable {
    /// Threads within one operation. The first session of a process decides for all.
    var threads: Int
    /// Whether graphics cards are left alone.
    var usesProcessorOnly = true
    /// Whether matrices are multiplied in 16-bit brain floating point where the library knows how.
    var usesBrainFloats = false
}

extension TensorFlowConfiguration {
    /// The numbers by which the schema knows the fields.
    private enum Field {
        static let deviceCount = 1
        static let threadsWithinOperation = 2
        static let threadsBetweenOperations = 5
        static let graphicsOptions = 6
        static let growsAsNeeded = 4
        static let graphOptions = 10
        static let rewriteOptions = 10
        static let brainFloats = 31
        static let key = 1
        static let value = 2
    }

    /// The message that the library takes.
    var bytes: [UInt8] {
        var message = ProtobufBytes()
        message.add(Field.threadsWithinOperation, UInt64(threads))
        message.add(Field.threadsBetweenOperations, UInt64(threads))
        if usesProcessorOnly { message.add(Field.deviceCount, Self.noGraphicsCards) }
        message.add(Field.graphicsOptions, Self.growingMemory)
        if usesBrainFloats { message.add(Field.graphOptions, Self.brainFloats) }
        return message.bytes
    }

    private static var noGraphicsCards: ProtobufBytes {
        var entry = ProtobufBytes()
        entry.add(Field.key, "GPU")
        entry.add(Field.value, 0)
        return entry
    }

    /// Keeps the library from taking all of a card's memory at once.
    private static var growingMemory: ProtobufBytes {
        var options = ProtobufBytes()
        options.add(Field.growsAsNeeded, 1)
        return options
    }

    private static var brainFloats: ProtobufBytes {
        var rewriting = ProtobufBytes()
        rewriting.add(Field.brainFloats, 1)
        var options = ProtobufBytes()
        options.add(Field.rewriteOptions, rewriting)
        return options
    }
}

extension TensorFlowLibrary {
    /// Calls `body` with session options of a configuration, valid only inside it.
    func withOptions<Result>(
        _ configuration: TensorFlowConfiguration,
        _ body: (OpaquePointer) throws(PenstockError) -> Result
    ) throws(PenstockError) -> Result {
        let options = functions.NewSessionOptions()!
        // The options are ours from the line above to the end of this call; the library copies the message.
        defer { unsafe functions.DeleteSessionOptions(options) }
        let bytes = configuration.bytes
        try unsafe call(.compilationFailed, at: .configure, "TensorFlow refused its own settings") { status in
            unsafe functions.SetConfig(options, bytes, bytes.count, status)
        }
        return try unsafe body(options)
    }
}
