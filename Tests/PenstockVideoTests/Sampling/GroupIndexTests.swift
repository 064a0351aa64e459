import Testing

@testable import PenstockVideo

@Suite struct GroupIndexTests {
    private let index = GroupIndex(
        (0..<10).map { GroupIndex.Entry(framesBefore: 20 * $0, decodeTicks: Int64(100 * $0), offset: Int64(1000 * $0)) }
    )

    @Test func `goes to the group before the one that a frame lies in`() {
        #expect(index.group(before: (rank: 70, ticks: nil)) == 2)
        #expect(index.group(before: (rank: 60, ticks: nil)) == 2)
        #expect(index.group(before: (rank: 59, ticks: nil)) == 1)
        #expect(index.group(before: (rank: 0, ticks: 450)) == 3)
    }

    @Test func `of a number and a time, the later counts`() {
        #expect(index.group(before: (rank: 70, ticks: 850)) == 7)
        #expect(index.group(before: (rank: 170, ticks: 10)) == 7)
    }

    @Test func `stays within the file`() {
        #expect(index.group(before: (rank: 0, ticks: .min)) == 0)
        #expect(index.group(before: (rank: .max, ticks: .max)) == 8)
    }

    @Test func `finds a group by its place, in whatever order groups are stored`() {
        #expect(index.group(atOffset: 3000) == 3)
        #expect(index.group(atOffset: 3001) == nil)
        #expect(GroupIndex(index.entries.reversed()).group(atOffset: 9000) == 0)
    }
}
