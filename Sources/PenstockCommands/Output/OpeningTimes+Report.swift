internal import Penstock
internal import PenstockFlow

extension OpeningTimes {
    /// The times in seconds, as a summary holds them.
    var report: OrderedJSON {
        .object([
            JSONMember("read", Self.seconds(read)),
            JSONMember("compile", Self.seconds(compile)),
            JSONMember("warmUp", Self.seconds(warmUp)),
        ])
    }

    private static func seconds(_ duration: Duration) -> OrderedJSON {
        .number((duration.seconds * 1e6).rounded() / 1e6)
    }
}
