import Testing

@testable import PenstockFlow

@Suite struct DeliveryWindowTests {
    @Test(arguments: [1, 2, 3, 7, 64]) func `restores the order of any completion order within the window`(
        capacity: Int
    ) {
        var window = DeliveryWindow<Int>(capacity: capacity)
        var generator = SystemRandomNumberGenerator()
        var admitted: [Int] = []
        var taken: [Int] = []
        for _ in 0..<2000 {
            if window.room > 0, admitted.isEmpty || Bool.random(using: &generator) {
                admitted.append(window.admit())
            } else if !admitted.isEmpty {
                let item = admitted.remove(at: Int.random(in: admitted.indices, using: &generator))
                window.insert(item, for: item)
            }
            while Bool.random(using: &generator), let value = window.take() { taken.append(value) }
        }
        #expect(taken == Array(0..<taken.count))
    }

    @Test func `admits no more than its capacity until values are taken`() {
        var window = DeliveryWindow<String>(capacity: 2)
        let first = window.admit()
        let second = window.admit()
        #expect(window.room == 0)
        window.insert("second", for: second)
        #expect(window.take() == nil)
        window.insert("first", for: first)
        #expect(window.take() == "first")
        #expect(window.room == 1)
        #expect(window.take() == "second")
        #expect(window.outstanding == 0)
    }

    @Test func `unordered values leave as they come`() {
        var window = DeliveryWindow<Int>(capacity: 3, isOrdered: false)
        let items = (0..<3).map { _ in window.admit() }
        window.insert(items[2], for: items[2])
        #expect(window.take() == 2)
        window.insert(items[0], for: items[0])
        let next = window.admit()
        window.insert(next, for: next)
        window.insert(items[1], for: items[1])
        #expect([window.take(), window.take(), window.take()] == [0, 3, 1])
        #expect(window.take() == nil)
    }
}
