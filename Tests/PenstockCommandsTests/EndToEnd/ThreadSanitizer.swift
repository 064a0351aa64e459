import Foundation
import Testing

extension Trait where Self == ConditionTrait {
    /// Leaves out, under the thread sanitizer, what runs the whole program many times over: that takes minutes there, and
    /// the same work runs under it in the suite named.
    static func leftToThreadSanitizer(in suite: String) -> Self {
        .disabled(
            if: ProcessInfo.processInfo.environment["TSAN_OPTIONS"] != nil,
            "it takes minutes under the thread sanitizer, where \(suite) does the same in one process"
        )
    }
}
