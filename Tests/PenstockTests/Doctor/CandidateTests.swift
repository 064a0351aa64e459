import PenstockCore
import Testing

@testable import Penstock
@testable import PenstockInference

@Suite struct CandidateTests {
    private func contract(_ preprocessing: Preprocessing, isDeclared: Bool = true) -> Contract {
        let source = isDeclared ? "--preset" : Contract.Origin.byDefault
        return Contract(
            preprocessing: preprocessing,
            labels: nil,
            activation: .auto,
            outputIndex: 0,
            classCount: 10,
            scoreFormat: .float32,
            origins: [Contract.Origin(field: "normalization", value: "", source: source)]
        )
    }

    @Test func `every usual normalisation is tried in both colour orders, each once`() {
        let candidates = Diagnosis.Candidate.normalizations(contract(.inception(size: 8)), filed: nil)
        #expect(candidates.count == 10)
        #expect(Set(candidates.map(\.preprocessing)).count == 10)
        #expect(candidates.filter(\.isDeclared).map(\.normalizationName) == ["inception"])
        #expect(Set(candidates.map(\.normalizationName)) == ["inception", "imagenet", "0…1", "caffe", "raw"])
    }

    @Test func `means belong to colours`() {
        let candidates = Diagnosis.Candidate.normalizations(contract(.imagenet(size: 8), isDeclared: false), filed: nil)
        let reversed = candidates.first { $0.normalizationName == "imagenet" && $0.preprocessing.colorOrder == .bgr }
        #expect(reversed?.preprocessing.normalization.mean == [0.406, 0.456, 0.485])
        #expect(!candidates.contains { $0.isDeclared })
    }

    @Test func `what is declared is tried, and what a file says where a flag says otherwise`() {
        var own = Preprocessing.raw(size: 8)
        own.normalization = Normalization(scale: 1, mean: [1, 2, 3], deviation: [4, 5, 6])
        let candidates = Diagnosis.Candidate.normalizations(contract(own), filed: contract(.caffe(size: 8)))
        #expect(candidates.count == 12)
        #expect(candidates[0].preprocessing == own && candidates[0].isDeclared)
        #expect(candidates[1].normalizationName == "caffe" && !candidates[1].isDeclared)
        #expect(candidates[0].flags?.contains("--scale 1.0 --mean 1.0,2.0,3.0 --std 4.0,5.0,6.0") == true)
    }

    @Test func `only what is declared is called so, and no two have one name`() {
        var own = Preprocessing.raw(size: 8)
        own.normalization = Normalization(scale: 1, mean: [1, 2, 3], deviation: [4, 5, 6])
        var filed = Preprocessing.raw(size: 8)
        filed.normalization = Normalization(scale: 1, mean: [7, 8, 9])
        let candidates = Diagnosis.Candidate.normalizations(contract(own), filed: contract(filed))
        #expect(candidates.filter { $0.normalizationName == "declared" }.map(\.preprocessing) == [own])
        #expect(candidates[1].normalizationName == "pixel − [7, 8, 9]")
        #expect(Set(candidates.map(\.description)).count == candidates.count)
    }

    @Test func `a crop that flags cannot say has none`() {
        let timm = Preprocessing.raw(size: 8).with(.cover(cropFraction: 0.875, rounding: .halfToEven))
        #expect(Diagnosis.Candidate(timm).flags == nil)
        #expect(
            Diagnosis.Candidate(timm.with(.cover(cropFraction: 0.875))).flags?.contains("--fit cover:0.875") == true
        )
    }

    @Test func `a candidate under another fit and filter is still alike`() {
        let today = Diagnosis.Candidate(.caffe(size: 8))
        var other = Preprocessing.caffe(size: 8).with(.cover())
        other.filter = .nearest
        #expect(today.isAlike(Diagnosis.Candidate(other)))
        #expect(!today.isAlike(Diagnosis.Candidate(.inception(size: 8))))
    }

    @Test func `a model that takes bytes leaves colours and fits`() {
        let bytes = contract(Preprocessing(size: ImageSize(side: 8), elementType: .uint8))
        let candidates = Diagnosis.Candidate.normalizations(bytes, filed: nil)
        #expect(candidates.map(\.preprocessing.colorOrder) == [.rgb, .bgr])
        #expect(
            Diagnosis.Candidate.fits(of: candidates[0], bytes, filed: nil).map(\.fitName) == [
                "stretch", "cover", "cover:0.875", "contain",
            ]
        )
        #expect(candidates[0].flags == "--color rgb --fit stretch --resample bilinear")
    }

    @Test func `other looks are other pictures, whatever the fit`() {
        for fit in [Fit.stretch, .cover(), .cover(cropFraction: 0.75), .contain(), .contain(pad: 128)] {
            let preprocessing = Preprocessing.raw(size: 8).with(fit)
            #expect(!preprocessing.otherLooks.contains(preprocessing))
            #expect(Set(preprocessing.otherLooks).count == 2)
        }
    }
}
