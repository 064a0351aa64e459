import Penstock
import PenstockCommands
import PenstockCore
import Testing

@Suite struct ProcessOptionTests {
    private func process(_ words: [String]) throws -> ProcessOptions {
        let words = words.map { Argument(bytes: Array($0.utf8)) }
        let parsed = try ArgumentParser(CommandDescription(DescribedCommands.Process.self)).parse(words)
        return try ProcessOptions(parsed)
    }

    private func process(_ line: String) throws -> ProcessOptions {
        try process(line.split(separator: " ").map(String.init))
    }

    private func operations(_ line: String) throws -> [String] {
        try process("x --to out " + line).operations.operations.map { "\($0)" }
    }

    private func encoding(_ line: String) throws -> PictureEncoding? {
        guard case .picture(let encoding) = try process("x --to out " + line).output.settings.format else { return nil }
        return encoding
    }

    @Test func choosesDefaults() throws {
        let options = try process("photos --to out")
        let settings = options.output.settings
        #expect(options.inputs == ["photos"] && settings.place == "out" && settings.format == .keep)
        #expect(options.operations.operations.isEmpty && settings.name == nil && settings.onConflict == .fail)
        #expect(settings.metadata == .all && !settings.isLossless && !settings.keepsDepth && !settings.isDurable)
        #expect(settings.queue == nil && settings.videoQuality == nil && options.manifest.isOrdered)
        #expect(options.manifest.manifest == nil && !options.manifest.resumes && !options.manifest.stopsOnError)
        #expect(options.reports.progress == .auto && options.pictures.timeout == .seconds(30))
    }

    @Test func readsEveryOption() throws {
        let options = try process(
            """
            a @list.txt --to out --format jpeg --quality 80 --subsampling 444 --progressive --optimize --metadata icc \
            --name {stem}_{index:05}.{ext} --on-conflict rename --on-error stop --durable --keep-depth \
            --manifest m.jsonl --summary s.json --resume --unordered --progress never --profile --queue 9 --workers 3 \
            --allow-truncated --max-pixels 1000 -0 --timeout 5s --every 2 --start 1s --end 2s --deinterlace
            """
        )
        let settings = options.output.settings
        #expect(settings.name?.pattern == "{stem}_{index:05}.{ext}" && settings.onConflict == .rename)
        #expect(settings.metadata == .icc && settings.isDurable && settings.keepsDepth && settings.queue == 9)
        let manifest = options.manifest
        #expect(manifest.manifest == "m.jsonl" && manifest.resumes && manifest.stopsOnError && !manifest.isOrdered)
        #expect(manifest.workers == 3 && options.reports.summary == "s.json" && options.reports.profiles)
        #expect(options.pictures.allowsTruncated && options.pictures.maxPixels == 1000)
        #expect(options.video.deinterlaces && options.video.sampling.start == .seconds(1))
        guard case .picture(.jpeg(let jpeg)) = settings.format else { throw UsageError("no JPEG") }
        #expect(jpeg.quality == 80 && jpeg.subsampling == .full && jpeg.isProgressive && jpeg.isOptimized)
    }

    @Test func keepsTheOrderOfOperationsAndTheirRepetition() throws {
        let line = "--rotate 90 --gray --flip vertical --resize 50% --rotate -7.5 --blur 2 --gray"
        let expected: [PictureOperation] = [
            .rotate(degrees: 90), .gray, .flip(.vertical), .resize(Resizing(.scale(0.5))), .rotate(degrees: -7.5),
            .pixels(.blur(radius: 2)), .gray,
        ]
        #expect(try operations(line) == expected.map { "\($0)" })
    }

    @Test(arguments: [
        ("640x480", Resizing.Target.size(ImageSize(width: 640, height: 480))), ("640x", .width(640)),
        ("x480", .height(480)), ("50%", .scale(0.5)), ("12.5%", .scale(0.125)),
    ])
    func readsSizes(_ text: String, _ target: Resizing.Target) throws {
        #expect(try operations("--resize \(text)") == ["\(PictureOperation.resize(Resizing(target)))"])
    }

    @Test func readsTheOtherValues() throws {
        let size = ImageSize(width: 300, height: 200)
        let expected: [PictureOperation] = [
            .crop(Cropping(size)), .crop(Cropping(size, x: 10, y: 20)), .pixels(.pad(Padding(.border(20)))),
            .pixels(.pad(Padding(.size(size)))), .pixels(.brightness(1.2)), .pixels(.contrast(0)),
            .pixels(.saturation(2)), .filter("hqdn3d,unsharp"),
        ]
        let line = """
            --crop 300x200 --crop 300x200+10+20 --pad 20 --pad 300x200 --brightness 1.2 --contrast 0 --saturation 2 \
            --filter hqdn3d,unsharp
            """
        #expect(try operations(line) == expected.map { "\($0)" })
    }

    @Test func appliesSettingsToEveryOperationWhereverTheyStand() throws {
        let color = PixelColor(red: 255, green: 128, blue: 0)
        let size = Resizing.Target.size(ImageSize(width: 64, height: 48))
        let expected: [PictureOperation] = [
            .resize(Resizing(size, shape: .contain, filter: .box, background: color)),
            .pixels(.pad(Padding(.border(2), background: color))),
        ]
        let line = "--resize 64x48 --fit contain --resample box --pad 2 --background #ff8000"
        #expect(try operations(line) == expected.map { "\($0)" })
    }

    @Test func readsEncodings() throws {
        var png = PNGEncoding()
        png.level = 9
        var webp = WebPEncoding()
        webp.isLossless = true
        var tiff = TIFFEncoding()
        tiff.level = 0
        #expect(try encoding("--format png --compression 9") == .png(png))
        #expect(try encoding("--format webp --lossless") == .webp(webp))
        #expect(try encoding("--format tiff --compression 0") == .tiff(tiff))
        #expect(try encoding("--format bmp") == .bmp && encoding("--format jpeg") == .jpeg)
    }

    @Test func takesAVideosFormatFromItsFile() throws {
        #expect(try process("x.mkv --to out.MP4 --crf 20").output.settings.format == .video("mp4"))
        #expect(try process("x --to out --format mov").output.settings.format == .video("mov"))
        #expect(try process("x --to dir.of/out.mkv").output.settings.format == .video("mkv"))
    }
}

@Suite struct RefusedProcessOptionTests {
    private static let cases: [(String, String)] = [
        ("x", "--to DIR|FILE is required."), ("--to out", "'penstock process' needs INPUT…."),
        (
            "x --to out --resize 640",
            "--resize is 640x480, 640x for a width, x480 for a height, or 50%, not '640'."
        ),
        ("x --to out --flip left", "--flip is horizontal or vertical, not 'left'."),
        ("x --to out --flip horizontl", "--flip is horizontal or vertical, not 'horizontl'. Did you mean horizontal?"),
        ("x --to out --rotate nan", "--rotate is degrees, clockwise, from -360 to 360, not 'nan'."),
        ("x --to out --blur -1", "--blur is a standard deviation in pixels, from 0 to 1000, not '-1'."),
        ("x --to out --contrast 1e9", "--contrast is a factor, from 0 to 100, not '1e9'."),
        ("x --to out --fit cover", "--fit is about resizing; say to which size with --resize."),
        ("x --to out --fit cover --resize 50%", "--fit cover needs both edges: --resize 640x480."),
        ("x --to out --resample box", "--resample is about resizing; say to which size with --resize."),
        (
            "x --to out --background white --resize 9x9",
            "--background fills what --pad and --fit contain add, and neither is given."
        ),
        (
            "x --to out --pad 9 --background blue",
            "--background is black, white or a colour such as '#ff8000', not 'blue'."
        ),
        ("x --to out --format png --quality 90", "--quality is for jpeg or webp, and --format is png."),
        ("x --to out --quality 90", "--quality is for jpeg or webp; add --format jpeg or webp."),
        ("x --to out --format webp --progressive", "--progressive is for jpeg, and --format is webp."),
        ("x --to out --compression 3", "--compression is for png or tiff; add --format png or tiff."),
        ("x --to out --format png --crf 20", "--crf is for videos, and --format png writes pictures."),
        ("x --to out --format mp4 --lossless", "--lossless is for pictures; --crf 0 keeps the most of a video."),
        (
            "x --to out --format jpeg --lossless --resize 50%",
            "--resize 50% cannot be done to a JPEG without loss; leave it or --lossless out, or write --format png."
        ),
        (
            "x --to out --format jpeg --lossless --quality 90",
            "--lossless leaves a JPEG's coefficients as they are, so --quality has no say; give one of them."
        ),
        (
            "x --to out --format jpg",
            "--format is keep, jpeg, png, webp, bmp, tiff, mp4, mkv or mov, not 'jpg'. Did you mean jpeg?"
        ),
        (
            "x --to out.jpg",
            "--to is a folder, or a video's file that ends in .mp4, .mkv or .mov, not 'out.jpg'; --name says how files "
                + "are called."
        ),
        (
            "x --to out.mp4 --format png",
            "--to names a video's file, 'out.mp4', and --format png asks for another kind; leave one of them out."
        ),
        ("x --to out.mp4 --name a", "--to names the file already, so --name has nothing to name."),
        ("x --to out --manifest m --summary m", "--manifest and --summary both name 'm'; give each a place."),
        (
            "x --to out --unordered",
            "--unordered is for pictures, since a video's frames have an order; say which with --format, such as jpeg."
        ),
        (
            "x --to o.mp4 --resume",
            "--resume has nothing to go on with: one video is made from its beginning each time."
        ),
        ("x --to out --raw 9x9", "--raw describes frames on standard input; name that as an input: -"),
        ("x --to out --fast-decode", "'--fast-decode' is not an option of 'penstock process'."),
    ]

    @Test(arguments: cases) func refuses(_ line: String, _ message: String) {
        let words = line.split(separator: " ").map { Argument(bytes: Array($0.utf8)) }
        #expect(throws: UsageError(message)) {
            try ProcessOptions(try ArgumentParser(CommandDescription(DescribedCommands.Process.self)).parse(words))
        }
    }

    @Test(arguments: [
        "10x20+1", "10x20+1+", "10x20+-1+2", "0x5", "x5", "5x", "10x20+1+2+3", "", "10X20", "99999x1",
        "10x20+1+9999999",
    ])
    func refusesCroppings(_ text: String) { isRefused("--crop", text) }

    @Test(arguments: ["", "x", "0x", "-5x7", "+5x7", "1x2x3", "%", "0%", "-50%", "inf%", "99999x1", "5.5x4", "50 %"])
    func refusesSizes(_ text: String) { isRefused("--resize", text) }

    @Test(arguments: ["", "0", "-3", "1.5", "12x", "70000"]) func refusesPaddings(_ text: String) {
        isRefused("--pad", text)
    }

    @Test(arguments: ["", "#fff", "#gggggg", "ff8000", "#ff80001", "#ff8 00"])
    func refusesColors(_ text: String) { isRefused("--background", text, "--pad", "5") }

    @Test(arguments: ["rtsp://camera/1", "udp://239.0.0.1:1234", "srt://host:9"]) func refusesWhatIsLive(_ text: String)
    {
        isRefused(text)
    }

    private func isRefused(_ words: String...) {
        let words = (["x", "--to", "out"] + words).map { Argument(bytes: Array($0.utf8)) }
        #expect(throws: UsageError.self) {
            try ProcessOptions(try ArgumentParser(CommandDescription(DescribedCommands.Process.self)).parse(words))
        }
    }
}
