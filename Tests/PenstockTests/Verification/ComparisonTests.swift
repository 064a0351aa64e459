import Penstock
import Testing

@Suite struct ComparisonTests {
    private static let labels = Labels(["cat", "dog", "crane", "crane"])
    private let names = ClassNames(count: 4, labels: labels)

    private func comparison(tolerance: Double = 0.01, shown: Int = 10) -> Comparison {
        Comparison(names, tolerance: tolerance, shown: shown)
    }

    private func picture(_ scores: [Float], source: FilePath = "a.jpg") -> ClassifiedPicture {
        let classes = scores.enumerated().map {
            Classification(classIndex: $0.offset, label: Self.labels[$0.offset], score: $0.element)
        }
        return ClassifiedPicture(source: source, index: 0, outcome: .classified(classes.sorted { $0.score > $1.score }))
    }

    private let failed = ClassifiedPicture(
        source: "torn.jpg",
        index: 0,
        outcome: .failed(PenstockError(.corrupt, at: .decode, "Torn."))
    )

    @Test func findsNothingBetweenEqualAnswers() throws {
        var comparison = comparison()
        let named = [
            Comparison.Score(classIndex: 0, score: 0.1), Comparison.Score(label: "dog", score: 0.7),
            Comparison.Score(classIndex: 2),
        ]
        try comparison.add(picture([0.1, 0.7, 0.15, 0.05]), .classified(named))
        #expect(comparison.same == 1 && comparison.agreement == 1)
        #expect(comparison.scores.count == 2 && comparison.scores.largest == 0)
        #expect(comparison.worst.isEmpty)
    }

    @Test func measuresEveryScoreThatTheReferenceGives() throws {
        var comparison = comparison()
        let named = [0.1, 0.55, 0.2, 0.1].enumerated().map {
            Comparison.Score(classIndex: $0.offset, score: $0.element)
        }
        let difference = try #require(try comparison.add(picture([0.1, 0.7, 0.2, 0]), .classified(named)))
        #expect(difference.agreement == .same && difference.largest?.classIndex == 1)
        #expect(comparison.scores.count == 4)
        #expect(abs(comparison.scores.largest - 0.15) < 1e-6)
        #expect(abs(comparison.scores.mean - 0.0625) < 1e-6)
        #expect(abs(comparison.scores.rootMeanSquare - (0.0325 / 4).squareRoot()) < 1e-6)
        #expect(difference.exceeds(0.1) && !difference.exceeds(0.2))
    }

    @Test func tellsTiesFromDifferences() throws {
        var comparison = comparison()
        let other = [Comparison.Score(classIndex: 0, score: 0.5)]
        #expect(try comparison.add(picture([0.495, 0.5, 0, 0]), .classified(other))?.agreement == .tied)
        #expect(try comparison.add(picture([0.3, 0.7, 0, 0]), .classified(other))?.agreement == .different)
        let tiedThere = other + [Comparison.Score(classIndex: 1, score: 0.499)]
        #expect(try comparison.add(picture([0.3, 0.7, 0, 0]), .classified(tiedThere))?.agreement == .tied)
        #expect(comparison.same == 0 && comparison.tied == 2 && comparison.different == 1)
        #expect(abs(comparison.agreement - 2.0 / 3) < 1e-12)
    }

    @Test func takesTheHighestScoreForTheFirstClass() throws {
        var comparison = comparison()
        let unordered = [Comparison.Score(classIndex: 0, score: 0.2), Comparison.Score(classIndex: 1, score: 0.8)]
        try comparison.add(picture([0.2, 0.8, 0, 0]), .classified(unordered))
        try comparison.add(picture([0.2, 0.8, 0, 0]), .classified([Comparison.Score(label: "dog")]))
        #expect(comparison.same == 2)
    }

    @Test func letsANameMeanEveryClassThatHasIt() throws {
        var comparison = comparison()
        for scores: [Float] in [[0, 0, 0.9, 0.1], [0, 0, 0.1, 0.9]] {
            try comparison.add(picture(scores), .classified([Comparison.Score(label: "crane", score: 0.9)]))
        }
        #expect(comparison.same == 2 && comparison.scores.largest < 1e-7)
    }

    @Test func countsFailuresWhereTheyAre() throws {
        var comparison = comparison()
        let named = Comparison.Answer.classified([Comparison.Score(classIndex: 0)])
        try comparison.add(failed, named)
        try comparison.add(failed, .failed("torn"))
        try comparison.add(picture([1, 0, 0, 0]), .failed("torn"))
        try comparison.add(picture([1, 0, 0, 0]), .classified([]))
        #expect(comparison.failures == Comparison.Failures(here: 1, there: 1, both: 1))
        #expect(comparison.unnamed == 1 && comparison.compared == 0)
    }

    @Test func keepsTheWorstAndNoMore() throws {
        var comparison = comparison(shown: 3)
        for step in 1...20 {
            let score = Float(step) / 100
            let named = [Comparison.Score(classIndex: 1, score: 0.7)]
            try comparison.add(picture([0, 0.7 + score, 0, 0], source: FilePath("\(step)")), .classified(named))
        }
        try comparison.add(
            picture([1, 0, 0, 0], source: "other"),
            .classified([Comparison.Score(classIndex: 1, score: 0)])
        )
        #expect(comparison.worst.map(\.source) == ["other", "20", "19"])
    }

    @Test func measuresRawScoresByTheirSizeUnlessToldOtherwise() throws {
        var grown = Comparison(names, tolerance: 0.0001, grows: true, shown: 1)
        var fixed = comparison(tolerance: 0.0001)
        let named = Comparison.Answer.classified([Comparison.Score(classIndex: 1, score: 25.001)])
        #expect(try grown.add(picture([-30, 25, 0, 0]), named)?.exceeds(grown.tolerance) == false)
        #expect(abs(grown.tolerance - 0.003) < 1e-9)
        #expect(try fixed.add(picture([-30, 25, 0, 0]), named)?.exceeds(fixed.tolerance) == true)
        var calm = Comparison(names, tolerance: 0.0001, grows: true, shown: 1)
        try calm.add(picture([0, 1, 0, 0]), .classified([Comparison.Score(classIndex: 1, score: 1)]))
        #expect(calm.tolerance == 0.0001)
    }

    @Test func noticesOtherNames() throws {
        var comparison = comparison()
        try comparison.add(picture([1, 0, 0, 0]), .classified([Comparison.Score(classIndex: 0, label: "background")]))
        #expect(comparison.renamed == 1 && comparison.same == 1)
        #expect(comparison.firstRenamed?.there == "background" && comparison.firstRenamed?.here == "cat")
    }

    @Test(arguments: [
        Comparison.Score(classIndex: 4), Comparison.Score(classIndex: -1), Comparison.Score(label: "cta"),
        Comparison.Score(score: 1),
    ]) func refusesAClassThatTheModelDoesNotHave(_ named: Comparison.Score) {
        var comparison = comparison()
        #expect(throws: PenstockError.self) { try comparison.add(picture([1, 0, 0, 0]), .classified([named])) }
    }
}

@Suite struct RunIdentityTests {
    private let identity = RunIdentity(model: "m", contract: "c", engine: "openvino 1", precision: "f32")

    @Test func hasOneDigestForTheSameParts() {
        #expect(
            identity.digest == RunIdentity(model: "m", contract: "c", engine: "openvino 1", precision: "f32").digest
        )
        #expect(identity.digest.count == 16)
    }

    @Test(arguments: RunIdentity.Part.allCases) func tellsEachPartApart(_ part: RunIdentity.Part) {
        var other = identity
        switch part {
        case .model: other.model = "n"
        case .contract: other.contract = "d"
        case .engine: other.engine = "openvino 2"
        case .precision: other.precision = "bf16"
        }
        #expect(identity.differences(from: other) == [part])
        #expect(identity.digest != other.digest)
    }
}
