import PenstockCore
import Testing

@testable import Penstock

@Suite struct RecognitionTests {
    private func scores(_ values: [Float]) -> ClassScores {
        let classes = values.enumerated().map { Classification(classIndex: $0, label: nil, score: $1) }
        return ClassScores(classes.sorted { $0.score > $1.score }, classCount: values.count)
    }

    private func certain(_ index: Int) -> ClassScores { scores((0..<4).map { $0 == index ? 1 : 0 }) }

    @Test func `a model that is sure, steady and tells pictures apart recognises them`() {
        let answers = (0..<4).map(certain)
        #expect(Recognition.values(answers, answers).allSatisfy { abs($0 - 1) < 1e-9 })
    }

    @Test func `a model that says the same of everything recognises nothing, however sure it is`() {
        let answers = Array(repeating: certain(2), count: 4)
        #expect(Recognition.values(answers, answers).allSatisfy { abs($0) < 1e-9 })
    }

    @Test func `a model that changes its mind recognises nothing`() {
        let values = Recognition.values((0..<4).map(certain), (0..<4).map { certain(($0 + 1) % 4) })
        #expect(values.mean < 0)
    }

    @Test func `a model that guesses recognises nothing`() {
        let answers = Array(repeating: scores([0.25, 0.25, 0.25, 0.25]), count: 4)
        #expect(Recognition.values(answers, answers).allSatisfy { abs($0) < 1e-9 })
    }

    @Test func `one picture has nothing to be told from`() {
        #expect(Recognition.values([certain(0)], [certain(0)]) == [0])
        #expect(Recognition.values([], []).isEmpty)
    }

    @Test func `entropy goes from none for one class to one for all alike`() {
        #expect(certain(1).entropy == 0)
        #expect(abs(scores([0.25, 0.25, 0.25, 0.25]).entropy - 1) < 1e-6)
        // An answer that failed knows nothing.
        #expect(ClassScores([], classCount: 4).entropy == 1)
        #expect(ClassScores([], classCount: 4).confidence == 0)
    }

    @Test func `raw values mean what their softmax says, and several right classes share one belief`() {
        let raw = scores([10, -10, -10, -10])
        #expect(raw.confidence > 0.999)
        let several = scores([0.9, 0.9, 0.1, 0.1])
        #expect(abs(several.confidence - 0.45) < 1e-6)
    }
}
