internal import PenstockFlow
public import PenstockVideo

/// How a job takes streams that come at their own pace.
public struct LiveSettings: Hashable, Sendable {
    /// What gives way when frames come faster than they are classified.
    public var drop: DropPolicy = .oldest
    /// The age beyond which a frame that waits is dropped; `nil` lets it wait.
    public var maxAge: Duration?
    /// What is done when a stream breaks.
    public var reconnect: Reconnection = .forever

    /// Makes the default settings.
    public init() {}
}

/// Which frames of a live stream give way when they come faster than they are classified.
public enum DropPolicy: String, Hashable, Sendable, CaseIterable {
    /// The one that has waited longest, so that results are of now.
    case oldest
    /// The one that comes, so that what waits is finished first.
    case newest
    /// None: the stream's sender waits, if it can.
    case never
}

extension LiveSettings {
    /// What a lane does with a frame that finds it full.
    var whenFull: FairMerge<ArrivingInputs.Merged>.WhenFull {
        switch drop {
        case .oldest: .dropOldest
        case .newest: .dropNewest
        case .never: .wait
        }
    }
}
