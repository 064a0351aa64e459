import Foundation
import Testing

extension Trait where Self == ConditionTrait {
    /// Leaves out, under a sanitizer, what runs the whole program many times over: that takes minutes there, and the same
    /// work runs under it in the suite named.
    static func leftToSanitizers(in suite: String) -> Self {
        let environment = ProcessInfo.processInfo.environment
        return .disabled(
            if: environment["TSAN_OPTIONS"] != nil || environment["ASAN_OPTIONS"] != nil,
            "it takes minutes under a sanitizer, where \(suite) does the same in one process"
        )
    }
}
