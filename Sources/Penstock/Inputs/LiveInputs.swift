internal import PenstockCore
internal import PenstockVideo

/// A job's inputs where some of them come at their own pace.
struct LiveInputs: Sendable {
    let reading: ReadInputs
    let options: ClassificationJob.Options
    let arriving: ArrivingInputs

    /// Begins to take them all.
    ///
    /// - Throws: When the watched folder cannot be watched, or the system refuses a thread.
    func inputs() throws(PenstockError) -> MergedInputs {
        let split = LiveSplit(reading.source, isLive: options.live != nil)
        var rest = reading
        rest.source = split.rest
        // The folder is watched before it is gone through, should it be among the inputs as well: better twice than never.
        if let folder = options.watchedFolder {
            try arriving.addWatch(folder, open: reading.opening, unwanted: reading.unwanted)
        }
        for (name, location) in split.streams {
            try arriving.addStream(name, configuration(location), options.live ?? LiveSettings())
        }
        if !split.rest.inputs.isEmpty {
            try arriving.addReader { [rest] () throws(PenstockError) in try rest.inputs() }
        }
        return MergedInputs(
            arriving,
            stillThreshold: reading.opening.stillThreshold,
            keepsFrames: options.annotates
        )
    }

    private func configuration(_ location: VideoLocation) -> LiveCapture.Configuration {
        var configuration = LiveCapture.Configuration(location)
        let patience = min(configuration.options.timeout, reading.opening.options.timeout)
        configuration.options = reading.opening.options
        configuration.options.timeout = patience
        configuration.options.isLowDelay = true
        // Counted over the stream as a whole, whatever becomes of its connections.
        configuration.length = configuration.options.sampling.end
        configuration.sampling = VideoSampling(configuration.options.sampling.choice)
        configuration.options.sampling = VideoSampling()
        configuration.reconnection = options.live?.reconnect ?? .forever
        configuration.frameLimit = reading.opening.pool.limit
        return configuration
    }
}
