/// How long each step of opening a model took.
public struct OpeningTimes: Hashable, Sendable {
    /// From the beginning to a contract: engines that were tried in vain, opening the one that runs the model, checking
    /// and reading the model.
    public var read: Duration
    /// Compiling the model for the device, or fetching it from where compiled models are kept.
    public var compile: Duration
    /// Making as many requests as run at once, and the first run of each.
    public var warmUp: Duration

    /// Makes times.
    public init(read: Duration, compile: Duration, warmUp: Duration) {
        self.read = read
        self.compile = compile
        self.warmUp = warmUp
    }
}
