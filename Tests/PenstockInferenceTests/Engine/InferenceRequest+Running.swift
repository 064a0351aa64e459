import Dispatch
import PenstockCore
import Synchronization

@testable import PenstockInference

extension InferenceRequest {
    /// Runs pictures, and returns each one's scores.
    func run(_ pictures: [[UInt8]]) throws -> [[Float]] {
        for (position, bytes) in pictures.enumerated() {
            let slot = position * bytes.count
            input[slot..<(slot + bytes.count)].copyBytes(from: bytes)
        }
        let done = DispatchSemaphore(value: 0)
        let failure = Mutex<PenstockError?>(nil)
        start(count: pictures.count) { error in
            failure.withLock { $0 = error }
            done.signal()
        }
        done.wait()
        if let failure = failure.withLock({ $0 }) { throw failure }
        return pictures.indices.map { Array(output(at: $0).bindMemory(to: Float.self)) }
    }
}
