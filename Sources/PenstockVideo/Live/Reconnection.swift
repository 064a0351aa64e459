/// How long a live source is tried again when its connection breaks, or cannot be made.
public enum Reconnection: Hashable, Sendable {
    /// Not at all.
    case never
    /// Until this long after frames have stopped coming.
    case upTo(Duration)
    /// As long as the job runs.
    case forever

    /// Whether another attempt is made after frames have stayed away for so long.
    func allows(after outage: Duration) -> Bool {
        switch self {
        case .never: false
        case .upTo(let limit): outage < limit
        case .forever: true
        }
    }
}
