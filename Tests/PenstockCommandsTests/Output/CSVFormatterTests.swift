import Penstock
import PenstockCommands
import PenstockCore
import Testing

@Suite struct CSVFormatterTests {
    private func text(_ picture: ClassifiedPicture, top: Int = 2) -> String {
        var bytes: [UInt8] = []
        CSVFormatter(top: top).append(picture, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func writesAHeader() {
        var bytes: [UInt8] = []
        CSVFormatter(top: 2).appendHeader(to: &bytes)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "source,index,frame,time,duration,width,height,truncated,damaged,reused,arrived,latency,event,"
                + "error_stage,error,source_base64,class_1,label_1,score_1,class_2,label_2,score_2\r\n"
        )
    }

    @Test func writesAResult() {
        #expect(text(Samples.cat) == "photos/cat.jpg,0,,,,1920,1080,,,,,,,,,,286,Egyptian cat,0.835,7,,1e-05\r\n")
        #expect(
            text(Samples.cat, top: 3) == "photos/cat.jpg,0,,,,1920,1080,,,,,,,,,,286,Egyptian cat,0.835,7,,1e-05,,,\r\n"
        )
    }

    @Test func writesAFailure() {
        #expect(text(Samples.torn) == "photos/torn.jpg,3,,,,,,,,,,,,decode,\"The file is \"\"torn\"\".\",,,,,,,\r\n")
    }

    @Test func writesAFrameAndItsCircumstances() {
        #expect(
            text(Samples.frame, top: 1)
                == "clip.mp4,12,12,0.4,0.033333,640,360,,true,true,2001-09-09T01:46:40.123Z,0.0125,,,,,3,arrow,0.5\r\n"
        )
    }

    @Test func hasALineForEachOfSeveralModels() {
        var bytes: [UInt8] = []
        let formatter = CSVFormatter(top: 1, namesModels: true)
        formatter.appendHeader(to: &bytes)
        for picture in [Samples.several, Samples.torn] { formatter.append(picture, to: &bytes) }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
        #expect(lines[0].hasSuffix(",source_base64,model,class_1,label_1,score_1"))
        #expect(lines[1] == "photos/cat.jpg,0,,,,1920,1080,,,,,,,,,,a,286,Egyptian cat,0.835")
        #expect(lines[2] == "photos/cat.jpg,0,,,,1920,1080,,,,,,,infer,It broke.,,b,,,")
        #expect(lines[3].hasSuffix(",,,,,") && lines.count == 4)
    }

    @Test func writesAnEvent() {
        #expect(
            text(Samples.gap, top: 1)
                == "rtsp://host/a,,,12.5,2,,,,,,2001-09-09T01:46:40.123Z,,reconnected,,Frames come again.,,,,\r\n"
        )
    }

    @Test func keepsControlCharactersOutOfTheLine() {
        var picture = Samples.torn
        picture.source = "a\nb,\u{1B}"
        #expect(text(picture, top: 1).hasPrefix("\"a\\nb,\\x1B\",3,,,,,,,,,,,,decode,"))
        #expect(text(picture, top: 1).hasSuffix(",YQpiLBs=,,,\r\n"))
    }

    @Test(arguments: Samples.hostileNames) func isOneLineWhateverTheName(_ name: [UInt8]) {
        var picture = Samples.cat
        picture.source = FilePath(bytes: name)
        let line = text(picture)
        #expect(line.utf8.filter { $0 == 0x0A || $0 == 0x0D }.count == 2 && line.hasSuffix("\r\n"))
    }
}
