import PenstockCore
import Testing

@testable import Penstock

@Suite struct AlbumTests {
    private let failure = PenstockError(.corrupt, at: .infer, "The model returned NaN.")

    private func item(_ outcomes: [Result<[Classification], PenstockError>]) -> ClassifiedPicture {
        var item = ClassifiedPicture(source: "a.jpg", index: 0, outcome: .failed(failure))
        item.answers = outcomes.enumerated().map { .init(model: "\($0.offset)", outcome: $0.element) }
        return item
    }

    @Test func `a picture on which every inference failed is one that failed`() {
        var album = Album()
        album.add(item([.failure(failure), .failure(failure)]), of: 0, classCount: 4)
        #expect(album.complete(2).isEmpty)
        #expect(album.failures.count == 1 && album.failures.first == failure)
    }

    @Test func `a view on which inference failed says nothing beside those that do`() {
        var album = Album()
        let top = Classification(classIndex: 1, label: nil, score: 0.9)
        album.add(item([.failure(failure), .success([top])]), of: 0, classCount: 4)
        #expect(album.complete(2).count == 1 && album.failures.count == 0)
    }
}
