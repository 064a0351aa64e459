import CFFmpeg
import PenstockCore
import Testing

@testable import PenstockVideo

@Suite struct FilterGraphTests {
    private let frame = DrawnFrames.make(0, time: nil)

    private func input() -> FilterInput {
        FilterInput(PictureShape(frame.pointer), timeBase: AVRational(num: 1, den: 1000))
    }

    /// Sends frames through, and tells the sizes and times of what comes out.
    private func run(_ description: String, _ frames: [VideoFrame]) throws -> [String] {
        let filter = FrameFilter(timeBase: AVRational(num: 1, den: 1000)) { _ in FilterChain(description) }
        var frame = av_frame_alloc()
        defer { av_frame_free(&frame) }
        var out: [String] = []
        let take: FrameFilter.Taker = { frame in
            out.append("\(frame.pointee.width)x\(frame.pointee.height)@\(frame.pointee.pts)")
        }
        for source in frames {
            av_frame_ref(frame, source.pointer)
            frame!.pointee.pts = Int64(source.moment.frame * 10)
            try filter.add(frame!, take)
            #expect(frame!.pointee.data.0 == nil)
        }
        try filter.finish(take)
        return out
    }

    @Test func givesOutWhatItIsGiven() throws {
        let frames = (0..<3).map { DrawnFrames.make($0, time: nil) }
        #expect(try run("scale=64:48", frames) == ["64x48@0", "64x48@10", "64x48@20"])
    }

    @Test func givesOutWhatWasHeldBack() throws {
        let frames = (0..<3).map { DrawnFrames.make($0, time: nil) }
        #expect(try run("reverse", frames).count == 3)
    }

    @Test func isBuiltAnewForAnotherShape() throws {
        let sizes = [(32, 16), (32, 16), (64, 64), (32, 16)]
        let frames = sizes.enumerated().map {
            DrawnFrames.make($0, time: nil, size: ImageSize(width: $1.0, height: $1.1))
        }
        #expect(try run("scale=iw/2:ih", frames) == ["16x16@0", "16x16@10", "32x64@20", "16x16@30"])
    }

    @Test(arguments: [
        ("nonsense", "No such filter"), ("scale=w=", "scale"), ("split", "2 open outputs"), ("", ""),
        ("scale=64:48[x", "scale=64:48[x"), ("color=red", "0 open inputs"),
        ("hflip=wrong=1", "hflip: "),
    ])
    func refusesADescriptionInFFmpegsWords(description: String, words: String) throws {
        let error = #expect(throws: PenstockError.self) { try FilterGraph(description, for: input()) }
        #expect(error?.code == .invalidConfiguration)
        #expect(words.isEmpty || error?.message.contains(words) == true)
    }

    @Test(arguments: ["a:b", "a'b", "a\\b", "a,b;c[d]e", "\\'", "%{n}", "plain"])
    func quotesValues(value: String) throws {
        // A filter that takes any text, and repeats it in the frame's metadata.
        let graph = try FilterGraph("metadata=mode=add:key=k:value=\(FilterText.quoted(value))", for: input())
        var copy = av_frame_alloc()
        defer { av_frame_free(&copy) }
        av_frame_ref(copy, frame.pointer)
        try graph.feed(copy!)
        #expect(try graph.take(into: copy!))
        let entry = av_dict_get(copy!.pointee.metadata, "k", nil, 0)
        #expect(entry.map { String(cString: $0.pointee.value) } == value)
    }
}
