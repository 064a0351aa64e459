import PenstockCore
import Testing

@testable import Penstock
@testable import PenstockInference

/// Judging by answers that are made up: what is right, and how sure, is as each test says.
@Suite struct JudgementTests {
    private static let labels = Labels(["cat", "dog"])

    private var contract: Contract {
        Contract(
            preprocessing: .inception(size: 8),
            labels: Self.labels,
            activation: .auto,
            outputIndex: 0,
            classCount: 2,
            scoreFormat: .float32,
            origins: [Contract.Origin(field: "normalization", value: "", source: "--preset")]
        )
    }

    /// What is said of pictures of these classes, when the first candidate is always right and the others are always
    /// wrong, or say the one class of everything.
    private func evidence(_ classes: [Int], candidates: [Diagnosis.Candidate], othersSay: Int? = nil) -> Evidence {
        var seen: Set<Preprocessing> = []
        let views = candidates.flatMap { [$0.preprocessing] + $0.preprocessing.otherLooks }
            .filter { seen.insert($0).inserted }
        let right = Set([candidates[0].preprocessing] + candidates[0].preprocessing.otherLooks)
        let pages = classes.enumerated().map { place, truth in
            var page = Album.Page(source: FilePath("\(Self.labels[truth] ?? "")/\(place).jpg"))
            page.scores = views.map { view in
                let said = right.contains(view) ? truth : othersSay ?? 1 - truth
                return ClassScores([Classification(classIndex: said, label: nil, score: 1)], classCount: 2)
            }
            return page
        }
        return Evidence(candidates, views, pages, contract, failures: ReadFailures())
    }

    @Test(arguments: [(4, 4), (20, 1), (6, 5), (11, 0)])
    func `labels that even the best answer could have by chance are no judges`(cats: Int, dogs: Int) {
        let classes = Array(repeating: 0, count: cats) + Array(repeating: 1, count: dogs)
        let candidates = Diagnosis.Candidate.normalizations(contract, filed: nil)
        let evidence = evidence(classes, candidates: candidates)
        #expect(evidence.labelled?.isEnough == false)
        if case .labelsDoNotFit = Judgement(of: evidence, contract: contract).doubt {
            Issue.record("A perfect model is said to be no better than chance.")
        }
    }

    @Test func `labels that chance does not reach are judges`() {
        let candidates = Diagnosis.Candidate.normalizations(contract, filed: nil)
        let evidence = evidence([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1], candidates: candidates)
        #expect(evidence.labelled?.isEnough == true)
        let judgement = Judgement(of: evidence, contract: contract)
        #expect(judgement.doubt == nil && judgement.chosen == candidates[0])
        // One of 4096 throws, for each of nine.
        let worse = Diagnosis.Standing.fewerRight(chance: Double(candidates.count - 1) / 4096)
        #expect(judgement.ranking.dropFirst().allSatisfy { $0.standing == worse })
    }

    @Test func `a best one that was picked from many must be the clearer`() {
        // Seven of fourteen pictures tell the best from those that say one class of everything.
        let classes = Array(repeating: 1, count: 7) + Array(repeating: 0, count: 7)
        let all = Diagnosis.Candidate.normalizations(contract, filed: nil)
        let ofTwo = evidence(classes, candidates: Array(all.prefix(2)), othersSay: 0)
        #expect(Judgement(of: ofTwo, contract: contract).ranking[1].standing == .fewerRight(chance: 1.0 / 128))
        let ofMany = evidence(classes, candidates: all, othersSay: 0)
        if case .fewerRight = Judgement(of: ofMany, contract: contract).ranking[1].standing {
            Issue.record("Nine chances of one in 128 are called clear.")
        }
    }

    @Test func `ten pictures are too few for any difference to be clear`() {
        let candidates = Diagnosis.Candidate.normalizations(contract, filed: nil)
        let evidence = evidence([0, 1, 0, 1, 0, 1, 0, 1, 0, 1], candidates: candidates)
        #expect(Judgement(of: evidence, contract: contract).doubt == .tooFewPictures(10))
    }
}
