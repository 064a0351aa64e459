import PenstockCommands
import PenstockCore
import Testing

@Suite struct TypedValuesTests {
    private func parsed(_ name: String, _ value: String) throws -> ParsedArguments {
        try parseSample(["x", "--model=m", Argument(bytes: Array("--\(name)=\(value)".utf8))])
    }

    @Test func leavesOutWhatWasNotGiven() throws {
        let parsed = try parseSample(["x", "--model=m"])
        #expect(try parsed.integer("top", in: 1...5) == nil)
        #expect(try parsed.automatic("batch", in: 1...5) == nil)
        #expect(try parsed.duration("wait") == nil)
        #expect(try parsed.size("size") == nil)
        #expect(try parsed.choice("color", ColorOrder.self) == nil)
    }

    @Test func readsWholeNumbersInRange() throws {
        #expect(try parsed("top", "5").integer("top", in: 1...5) == 5)
        for bad in ["0", "6", "", "1.5", "5 ", "99999999999999999999", "five"] {
            #expect(throws: UsageError("--top is a whole number from 1 to 5, not '\(bad)'.")) {
                try parsed("top", bad).integer("top", in: 1...5)
            }
        }
        #expect(throws: UsageError("--top is a whole number of at least 1, not '0'.")) {
            try parsed("top", "0").integer("top", in: 1...(.max))
        }
    }

    @Test func readsAutoAsAnOptionLeftOut() throws {
        #expect(try parsed("batch", "auto").automatic("batch", in: 1...64) == nil)
        #expect(try parsed("batch", "8").automatic("batch", in: 1...64) == 8)
        #expect(throws: UsageError("--batch is auto or a whole number from 1 to 64, not 'Auto'.")) {
            try parsed("batch", "Auto").automatic("batch", in: 1...64)
        }
    }

    @Test(arguments: [
        ("20ms", Duration.milliseconds(20)), ("1.5s", .milliseconds(1500)), ("2m", .seconds(120)),
        ("250us", .microseconds(250)), ("1h", .seconds(3600)), ("0s", .zero),
    ])
    func readsTimes(_ text: String, _ duration: Duration) throws {
        #expect(try parsed("wait", text).duration("wait") == duration)
    }

    @Test(arguments: ["20", "ms", "-1s", "1d", "nans", "infs", "0x10s", "1e30h", " 1s", ""])
    func refusesTimes(_ text: String) {
        #expect(throws: UsageError.self) { try parsed("wait", text).duration("wait") }
    }

    @Test func refusesTimesThatAreTooShort() {
        #expect(throws: UsageError.self) { try parsed("wait", "1ms").duration("wait", atLeast: .milliseconds(2)) }
    }

    @Test func readsNumbers() throws {
        #expect(try parsed("score", "0.25").number("score", in: 0...1) == 0.25)
        #expect(try parsed("score", "-3e2").number("score") == -300)
        #expect(throws: UsageError("--score is a number from 0.0 to 1.0, not '2'.")) {
            try parsed("score", "2").number("score", in: 0...1)
        }
        for bad in ["nan", "inf", "0x1p3", "", "1e999"] {
            #expect(throws: UsageError.self) { try parsed("score", bad).number("score") }
        }
    }

    @Test func readsListsOfNumbers() throws {
        #expect(try parsed("mean", "0.5, 0.25,-1").numbers("mean", count: 3) == [0.5, 0.25, -1])
        for bad in ["1,2", "1,2,3,4", "1,,3", "a,b,c", ""] {
            #expect(throws: UsageError("--mean is 3 numbers between commas, not '\(bad)'.")) {
                try parsed("mean", bad).numbers("mean", count: 3)
            }
        }
    }

    @Test func readsSizes() throws {
        #expect(try parsed("size", "299").size("size") == ImageSize(side: 299))
        #expect(try parsed("size", "640x480").size("size") == ImageSize(width: 640, height: 480))
        for bad in ["0", "x", "1x2x3", "-1", "65537", "12x"] {
            #expect(throws: UsageError.self) { try parsed("size", bad).size("size") }
        }
    }

    @Test func readsChoices() throws {
        #expect(try parsed("color", "bgr").choice("color", ColorOrder.self) == .bgr)
    }
}
