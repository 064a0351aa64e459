import PenstockCore
import TestClips
import Testing

@testable import PenstockVideo

@Suite struct PictureFilterTests {
    private let folder = Scratch()

    private func apply(_ description: String, to pixels: PixelBuffer) throws -> PixelBuffer {
        var pixels = pixels
        try PictureFilter(description).apply(to: &pixels)
        return pixels
    }

    /// Exact: the program has the same filters.
    @Test(
        arguments: [
            "hflip", "vflip", "transpose=clock", "scale=40:30", "scale=100:-1:flags=lanczos", "crop=20:10:3:5",
            "drawbox=5:5:20:20:red:3", "eq=contrast=1.5:brightness=0.1", "gblur=2", "unsharp", "rotate=PI/7",
            "split[a][b];[b]hflip[c];[a][c]hstack", "hue=h=90", "negate", "pad=80:60:8:6:blue", "null",
        ],
        PixelLayout.allCases
    )
    func agreesWithTheProgram(description: String, layout: PixelLayout) throws {
        let pixels = NoisePicture.make(layout)
        let made = try apply(description, to: pixels)
        #expect(made.layout == layout)
        #expect(made.bytes == (try NoisePicture.byProgram(pixels, description, as: layout, folder)))
    }

    @Test(arguments: [
        (PixelLayout.rgb, "format=gray", PixelLayout.gray), (.rgba, "format=gray", .gray), (.rgb, "format=ya8", .rgba),
        (.rgb, "format=yuva420p", .rgba), (.gray, "format=rgba", .rgba), (.gray, "format=yuv444p", .gray),
        (.gray, "format=gray16", .gray), (.rgb, "format=rgb48,hflip", .rgb), (.rgb, "format=pal8", .rgb),
        (.rgba, "format=yuv420p", .rgba), (.rgb, "colorkey=white", .rgba), (.rgb, "hue=s=0", .rgb),
        (.gray, "drawbox=c=red", .gray),
    ])
    func keepsTheLayoutUnlessFiltersMakeGreyOrOpacity(
        layout: PixelLayout,
        description: String,
        expected: PixelLayout
    ) throws {
        let filter = try PictureFilter(description)
        for seed in 0..<3 {
            var pixels = NoisePicture.make(layout, seed: seed)
            try filter.apply(to: &pixels)
            #expect(pixels.layout == expected)
            #expect(pixels.size == ImageSize(width: 64, height: 48))
        }
    }

    /// Filters that count frames, or look back at them.
    @Test(arguments: [
        "tmix=frames=3", "reverse", "rotate=n/10", "tblend=all_mode=average,null", "hue=h=n*90", "tile=2x2",
        "fade=in:0:2",
        "deflicker", "thumbnail", "yadif=mode=send_frame", "fps=25", "geq=lum=N*40+lum(X\\,Y):cb=128:cr=128",
    ])
    func letsNothingOfAPictureReachTheNext(description: String) throws {
        let filter = try PictureFilter(description)
        let pictures = (0..<4).map { NoisePicture.make(.rgb, seed: $0) }
        for picture in pictures + pictures.reversed() {
            var pixels = picture
            let alone = Result { try apply(description, to: picture) }
            // Some give out nothing for a single picture, and then they always do.
            switch alone {
            case .success(let alone):
                try filter.apply(to: &pixels)
                #expect(pixels == alone)
            case .failure: #expect(throws: PenstockError.self) { try filter.apply(to: &pixels) }
            }
        }
    }

    /// Chains that are used again.
    @Test(
        arguments: [
            "avgblur=3", "boxblur=3", "colorbalance=rs=0.3", "colorchannelmixer=.3:.4:.3", "colorlevels=rimin=0.1",
            "convolution=0 -1 0 -1 5 -1 0 -1 0", "copy", "crop=20:10", "curves=vintage", "dilation",
            "drawbox=3:4:9:9:red",
            "drawgrid=w=9:h=9", "drawtext=text=word:fontfile=/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
            "edgedetect", "eq=gamma=1.4", "erosion", "fillborders=3:3:3:3:mirror", "format=yuv444p", "gblur=3", "hflip",
            "hue=h=70", "lut=c0=negval", "lutrgb=g=val/2", "lutyuv=y=val/2", "median=2", "negate", "noformat=rgb24",
            "null", "pad=80:60", "prewitt", "roberts", "rotate=PI/5", "scale=30:20", "sobel", "transpose=1", "unsharp",
            "vflip",
        ]
    )
    func keepsNothingInFiltersThatAreUsedAgain(description: String) throws {
        let names = try FilterParts(for: description).namesOfPictures()
        #expect(MemorylessFilters.suffice(names, in: description))
        for layout in PixelLayout.allCases {
            let filter = try PictureFilter(description)
            for seed in [1, 2, 3, 1] {
                let picture = NoisePicture.make(layout, seed: seed)
                var pixels = picture
                try filter.apply(to: &pixels)
                #expect(pixels == (try apply(description, to: picture)))
            }
        }
    }

    @Test(arguments: [
        "tmix", "hflip,tmix", "crop=10:10:n:0", "rotate=t", "hue=h=n*9", "scale=w=iw-n:h=-1:eval=frame",
        "hflip=enable=eq(n\\,0)",
        "drawtext=text=%{localtime}:fontfile=/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
        "overlay", "rotate=random(0)", "vignette",
    ])
    func buildsAnewWhatMayRemember(description: String) throws {
        let names = description == "overlay" ? ["overlay"] : try FilterParts(for: description).namesOfPictures()
        #expect(!MemorylessFilters.suffice(names, in: description))
    }

    @Test func takesPicturesOfAnySizeAndLayoutInTurn() throws {
        let filter = try PictureFilter("hflip,vflip")
        let anew = try PictureFilter("hflip,vflip,tmix=frames=1")
        for (width, height) in [(1, 1), (3, 200), (640, 7), (1, 1000), (33, 17), (500, 375)] {
            for layout in PixelLayout.allCases {
                let size = ImageSize(width: width, height: height)
                let picture = NoisePicture.make(layout, size)
                var pixels = picture
                for _ in 0..<2 { try filter.apply(to: &pixels) }
                #expect(pixels == picture)
                for _ in 0..<2 { try anew.apply(to: &pixels) }
                #expect(pixels == picture)
            }
        }
    }

    @Test func givesTheFirstOfSeveral() throws {
        let picture = NoisePicture.make(.rgb)
        #expect(try apply("loop=loop=5:size=1,negate,negate", to: picture) == picture)
        // One that never ends gives its first, too.
        #expect(try apply("loop=loop=-1:size=1", to: picture) == picture)
    }

    @Test func readsPicturesThatTheDescriptionNames() throws {
        let logo = try Clips.make("logo.png", ["-f", "lavfi", "-i", "color=red:size=16x16", "-frames:v", "1"])
        let overlay = "movie=\(FilterText.quoted(logo))[logo];[in][logo]overlay=4:4:format=rgb"
        let made = try apply(overlay, to: NoisePicture.flat([0, 0, 255]))
        #expect(Array(made.bytes.prefix(3)) == [0, 0, 255])
        let inside = made.rowBytes * 10 + 3 * 10
        // A palette's red, through FFmpeg's blending: within 2 levels.
        #expect(made.bytes[inside] >= 253 && made.bytes[inside + 2] <= 2)
    }

    @Test(arguments: ["select=0", "select=eq(n\\,5)", "trim=start=10"])
    func saysThatNothingCameOut(description: String) throws {
        let error = #expect(throws: PenstockError.self) { try apply(description, to: NoisePicture.make(.rgb)) }
        #expect(error?.message.contains(description) == true)
        #expect(error?.message.contains("give out nothing") == true)
    }

    @Test(arguments: [
        ("nonsense", "nonsense"), ("hflip=wrong=1", "hflip: "), ("scale=w=", "scale"), ("split", "2 open outputs"),
        ("overlay", "2 open inputs"), ("color=red", "0 open inputs"), ("nullsink", "0 open outputs"), ("", ""),
        ("anull", "for sound"), ("hflip,,vflip", ""), ("hflip[", ""),
        ("movie=/nowhere.png[a];[in][a]overlay", "nowhere"),
    ])
    func refusesDescriptionsAtOnce(description: String, words: String) throws {
        for make in [{ _ = try PictureFilter($0) }, { _ = try StreamFilter($0) }] as [(String) throws -> Void] {
            let error = #expect(throws: PenstockError.self) { try make(description) }
            #expect(error?.code == .invalidConfiguration)
            #expect(error?.message.contains(words) == true || words.isEmpty, "\(error?.message ?? "")")
        }
    }

    @Test func goesOnAfterAPictureThatDoesNotFit() throws {
        let filter = try PictureFilter("crop=50:50")
        for size in [ImageSize(side: 100), ImageSize(side: 20), ImageSize(side: 60)] {
            var pixels = NoisePicture.make(.rgb, size)
            if size.width < 50 {
                #expect(throws: PenstockError.self) { try filter.apply(to: &pixels) }
            } else {
                try filter.apply(to: &pixels)
                #expect(pixels.size == ImageSize(side: 50))
            }
        }
        var nothing = PixelBuffer()
        #expect(throws: PenstockError.self) { try filter.apply(to: &nothing) }
    }
}

extension FilterParts {
    fileprivate func namesOfPictures() throws -> [String] {
        try checkPictures()
        return names
    }
}
