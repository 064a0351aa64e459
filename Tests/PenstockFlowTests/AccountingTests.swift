import PenstockCore
import Testing

@testable import PenstockFlow

@Suite struct AccountingTests {
    @Test func `adds up after every event`() {
        var account = Accounting()
        for _ in 0..<5 { account.receive() }
        #expect(account.isBalanced && account.inFlight == 5)
        account.finish(.done)
        account.finish(.failed)
        #expect(account.isBalanced && account.done == 1 && account.failed == 1)
        account.finish(.dropped(.cancelled))
        account.drop(.cancelled, count: 2)
        #expect(account.isBalanced && account.inFlight == 0 && account.dropped == [.cancelled: 3])
    }
}

@Suite struct AvailableCoresTests {
    @Test(arguments: [
        ("max 100000\n", nil), ("50000 100000\n", 0.5), ("250000 100000", 2.5), ("", nil), ("x y", nil), ("1 0", nil),
    ]) func `reads a control group's quota`(text: String, cores: Double?) {
        #expect(ControlGroup.parse(text) == cores)
    }

    @Test func `plans with the smaller of affinity and quota, and with one core at least`() {
        #expect(AvailableCores(affinity: 8, quota: nil).count == 8)
        #expect(AvailableCores(affinity: 8, quota: 2.5).count == 3)
        #expect(AvailableCores(affinity: 2, quota: 16).count == 2)
        #expect(AvailableCores(affinity: 8, quota: 0.1).count == 1)
    }

    @Test func `sees this process's own cores`() {
        #expect(AvailableCores.current().count >= 1)
    }
}
