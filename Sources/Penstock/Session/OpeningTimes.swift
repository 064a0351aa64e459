/// How long each step of opening a model took.
public struct OpeningTimes: Hashable, Sendable {
    /// Opening the engine, reading the model, and deciding its contract.
    public var read: Duration
    /// Compiling the model for the device, or fetching it from where compiled models are kept.
    public var compile: Duration
    /// Making the requests, and the first run of as many as run at once.
    public var warmUp: Duration

    /// Makes times.
    public init(read: Duration, compile: Duration, warmUp: Duration) {
        self.read = read
        self.compile = compile
        self.warmUp = warmUp
    }
}
