import PenstockCore
import Testing

@testable import PenstockInference

@Suite struct BatchMemoryTests {
    @Test func `requests are counted`() throws {
        let memory = BatchMemory(placeBytes: 100, places: 10)
        try memory.check(requests: 4, limit: 4000)
        let error = #expect(throws: PenstockError.self) { try memory.check(requests: 5, limit: 4000) }
        #expect(error?.code == .tooLarge)
        #expect(error?.message.contains("--batch") == true && error?.message.contains("--requests") == true)
    }

    @Test(arguments: [(Int.max, 2, 1), (1 << 40, 1 << 20, 1 << 20), (1, 1 << 62, 8)])
    func `what no number can hold is refused and not multiplied`(placeBytes: Int, places: Int, requests: Int) {
        #expect(throws: PenstockError.self) {
            try BatchMemory(placeBytes: placeBytes, places: places).check(requests: requests)
        }
    }

    @Test func `a refused batch says how it runs instead`() {
        let refusal = BatchRefusal(wanted: 8, own: 1, reason: "The engine said so.")
        #expect(refusal.note(parallelism: 2).contains("as parallel requests of 1. The engine said so."))
        #expect(refusal.note(parallelism: 1).contains("requests of 1, one by one"))
    }
}
