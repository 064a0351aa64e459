import Penstock
import PenstockCommands
import PenstockCore
import Testing

@Suite struct TableFormatterTests {
    private func table(_ pictures: [ClassifiedPicture], width: Int = 80) -> String {
        var bytes: [UInt8] = []
        let formatter = TableFormatter(width: width)
        formatter.appendHeader(to: &bytes)
        for picture in pictures { formatter.append(picture, to: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func alignsColumns() {
        var nothing = Samples.cat
        nothing.outcome = .classified([])
        var long = Samples.cat
        long.source = "a/very/long/folder/name/日本語の写真.jpg"
        long.isTruncated = true
        #expect(table([Samples.cat, Samples.torn, nothing, long]) == Self.aligned)
    }

    @Test func namesTheModelBeforeItsClass() {
        let lines = table([Samples.several]).split(separator: "\n").dropFirst()
        #expect(lines.count == 3 && lines.dropFirst().allSatisfy { $0.hasPrefix("    ") })
        #expect(lines[1].hasPrefix("photos/cat.jpg ") && lines[1].hasSuffix("a: Egyptian cat"))
        #expect(lines[2].hasSuffix("a: class 7"))
        #expect(lines[3].hasSuffix("b: failed (infer): It broke."))
    }

    @Test(arguments: Samples.hostileNames, [20, 40, 60, 80, 200]) func keepsTheWidth(_ name: [UInt8], _ width: Int) {
        var result = Samples.cat
        result.source = FilePath(bytes: name)
        result.outcome = .classified([
            Classification(classIndex: 1, label: String(decoding: name, as: UTF8.self), score: -3)
        ])
        var failure = Samples.torn
        failure.source = result.source
        for line in table([result, failure], width: width).split(separator: "\n") {
            #expect(DisplayWidth.of(line) <= max(40, width))
            #expect(!line.unicodeScalars.contains { $0.properties.generalCategory == .control })
        }
    }

    static let aligned = """
        picture                         score              class
        photos/cat.jpg                 83.5 %  ████████▍   Egyptian cat
                                       <0.1 %              class 7
        photos/torn.jpg               failed (decode): The file is "torn".
        photos/cat.jpg                no class reaches --min-score
        …older/name/日本語の写真.jpg   83.5 %  ████████▍   Egyptian cat (file cut short)
                                       <0.1 %              class 7

        """
}
