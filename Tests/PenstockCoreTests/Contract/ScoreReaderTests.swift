import PenstockCore
import Testing

@Suite struct ScoreReaderTests {
    private func read<Value>(
        _ values: [Value],
        _ format: ScoreFormat = .float32,
        _ activation: Activation = .auto,
        top: Int = 5,
        minScore: Float? = nil,
        labels: Labels? = nil
    ) throws -> [Classification] {
        let reader = ScoreReader(
            classCount: values.count,
            format: format,
            activation: activation,
            topCount: top,
            minScore: minScore,
            labels: labels
        )
        return try values.withUnsafeBytes { (bytes) throws(PenstockError) in try reader.classes(in: bytes) }
    }

    @Test func `keeps probabilities and names them`() throws {
        let top = try read([0.1, 0.7, 0.2] as [Float], labels: Labels(["a", "b", "c"]))
        #expect(
            top == [
                Classification(classIndex: 1, label: "b", score: 0.7),
                Classification(classIndex: 2, label: "c", score: 0.2),
                Classification(classIndex: 0, label: "a", score: 0.1),
            ]
        )
    }

    @Test func `makes probabilities of anything else`() throws {
        let top = try read([1, 3, 2] as [Float])
        #expect(top.map(\.classIndex) == [1, 2, 0])
        #expect(abs(top.reduce(0) { $0 + $1.score } - 1) < 1e-6)
        #expect(abs(top[0].score - 0.66524096) < 1e-6)
    }

    @Test func `softmax neither overflows nor minds minus infinity`() throws {
        let top = try read([1000, 999, -1000, -.infinity] as [Float])
        #expect(abs(top[0].score - 0.7310586) < 1e-6 && top[3].score == 0)
    }

    @Test func `sigmoid takes each class by itself`() throws {
        let top = try read([0, 2, -100] as [Float], .float32, .sigmoid)
        #expect(top.map(\.classIndex) == [1, 0, 2])
        #expect(abs(top[0].score - 0.8807971) < 1e-6 && top[1].score == 0.5 && top[2].score < 1e-30)
    }

    @Test func `none leaves values as they are`() throws {
        #expect(try read([-3, 12] as [Float], .float32, Activation.none).map(\.score) == [12, -3])
    }

    @Test func `equals come in the order of their classes`() throws {
        let values: [Float] = [0, 0.25, 0.25, 0, 0.25, 0.25]
        #expect(try read(values, top: 3).map(\.classIndex) == [1, 2, 4])
        #expect(try read([Float](repeating: 0.005, count: 200), top: 100).map(\.classIndex) == Array(0..<100))
    }

    @Test(arguments: [1, 5, 64, 65, 300, 1000]) func `agrees with sorting everything`(count: Int) throws {
        var generator = SystemRandomNumberGenerator()
        let values = (0..<300).map { _ in Float(Int.random(in: -50...50, using: &generator)) / 8 }
        let sorted = values.indices.sorted { (values[$0], $1) > (values[$1], $0) }
        #expect(try read(values, top: count).map(\.classIndex) == Array(sorted.prefix(count)))
    }

    @Test func `leaves out what is below the least score`() throws {
        #expect(try read([0.1, 0.7, 0.2] as [Float], minScore: 0.2).map(\.classIndex) == [1, 2])
        #expect(try read([0.1, 0.7, 0.2] as [Float], minScore: 0.9).isEmpty)
    }

    @Test func `reads quantised probabilities`() throws {
        let format = ScoreFormat.uint8(Quantization(scale: 1.0 / 256, zeroPoint: 0))
        var values = [UInt8](repeating: 0, count: 1001)
        (values[286], values[5]) = (214, 30)
        let top = try read(values, format, top: 2)
        #expect(top.map(\.classIndex) == [286, 5] && top[0].score == 214.0 / 256)
    }

    @Test func `reads quantised logits`() throws {
        let top = try read([-10, 30, 20] as [Int8], .int8(Quantization(scale: 0.1, zeroPoint: -10)))
        #expect(top.map(\.classIndex) == [1, 2, 0])
        #expect(abs(top[0].score - 0.7213992) < 1e-5)
    }

    @Test func `bytes that say nothing of themselves are 0 to 1`() throws {
        #expect(try read([255, 0] as [UInt8], .uint8(.unitBytes)).map(\.score) == [1, 0])
    }

    @Test(arguments: [[Float.nan, 1], [1, .nan], [.infinity, 0], [-.infinity, -.infinity]])
    func `refuses what is not a number`(values: [Float]) {
        for activation in Activation.allCases {
            #expect(throws: PenstockError.self) { try read(values, .float32, activation) }
        }
    }

    @Test func `refuses an output of another size`() {
        let reader = ScoreReader(classCount: 3, format: .float32, activation: .auto, topCount: 1)
        #expect(throws: PenstockError.self) {
            try [Float](repeating: 0, count: 2).withUnsafeBytes { (bytes) throws(PenstockError) in
                try reader.classes(in: bytes)
            }
        }
    }
}
