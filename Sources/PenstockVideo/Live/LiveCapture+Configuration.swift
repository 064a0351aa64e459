extension LiveCapture {
    /// What is captured, and how.
    package struct Configuration: Hashable, Sendable {
        /// Where it comes from.
        package var location: VideoLocation
        /// How it is decoded, at low delay whatever they say; `timeout` is how long no byte may come before the connection
        /// counts as broken.
        package var options = VideoOptions()
        /// Which frames are given out, by their place in the stream as a whole.
        package var sampling = VideoSampling()
        /// How long is captured, from the first frame on; `nil` goes on for as long as frames come.
        package var length: Duration?
        /// How long it is tried again. Only addresses and cameras are.
        package var reconnection = Reconnection.forever
        /// The wait before the first new attempt; each further one waits twice as long.
        package var firstRetry = Duration.milliseconds(250)
        /// The longest wait between attempts.
        package var longestRetry = Duration.seconds(10)
        /// The most frames that may be out at a time. It must exceed what queues and batches hold, or capture waits.
        package var frameLimit = 16

        /// Makes a configuration with patience that suits a live source: ten seconds without a byte break a connection.
        package init(_ location: VideoLocation) {
            self.location = location
            options.timeout = .seconds(10)
        }
    }
}
