import PenstockVideo
import Testing

@Suite struct FramePoolTests {
    @Test func startsWithNothingLent() {
        #expect(FramePool(limit: 2).lentCount == 0)
    }
}
