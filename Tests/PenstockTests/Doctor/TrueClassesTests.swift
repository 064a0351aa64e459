import PenstockCore
import Testing

@testable import Penstock

@Suite struct TrueClassesTests {
    private let names = TrueClasses(Labels(["tench, Tinca tinca", "hot dog", "Egyptian_cat", "crane", "crane"]))

    @Test(arguments: [
        ("photos/Hot_Dog/0001.jpg", [1]), ("hot-dog-12.png", [1]), ("tinca tinca (3).jpg", [0]), ("TENCH.webp", [0]),
        ("egyptian cat/tench.jpg", [2]), ("crane/1.jpg", [3, 4]),
    ])
    func `a folder or a file is named after a class`(path: String, classes: [Int]) {
        #expect(names.classes(of: FilePath(path)) == Set(classes))
    }

    @Test(arguments: ["photos/0001.jpg", "cat.jpg", "", "/", "tench/deeper/1.jpg", "hotdog.jpg"])
    func `other names say nothing`(path: String) {
        #expect(names.classes(of: FilePath(path)) == nil)
    }

    @Test func `without labels nothing is known`() {
        #expect(TrueClasses(nil).classes(of: "tench.jpg") == nil)
    }
}
