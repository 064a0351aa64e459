import Penstock
import PenstockCommands
import PenstockCore
import Testing

/// What the real commands describe, without the code that runs them.
enum DescribedCommands {
    struct Classify: Command {
        static let name = "classify"
        static let summary = "Classify pictures."
        static let description = "Classifies pictures."
        static let operand: OperandDescription? = ClassifyOptions.operand
        static let options = ClassifyOptions.descriptions
        static let examples: [CommandExample] = []
        let options: ClassifyOptions

        init(parsing arguments: ParsedArguments) throws(UsageError) {
            options = try ClassifyOptions(arguments)
        }

        func run(in environment: CommandEnvironment) async -> ExitCode { .success }
    }

    struct Process: Command {
        static let name = "process"
        static let summary = "Transform pictures."
        static let description = "Transforms pictures and writes them."
        static let operand: OperandDescription? = ProcessOptions.operand
        static let options = ProcessOptions.descriptions
        static let examples: [CommandExample] = []
        let options: ProcessOptions

        init(parsing arguments: ParsedArguments) throws(UsageError) {
            options = try ProcessOptions(arguments)
        }

        func run(in environment: CommandEnvironment) async -> ExitCode { .success }
    }

    struct Inspect: Command {
        static let name = "inspect"
        static let summary = "Look at models and pictures."
        static let description = "Says what a file is."
        static let operand: OperandDescription? = InspectOptions.operand
        static let options = InspectOptions.descriptions
        static let examples: [CommandExample] = []
        let options: InspectOptions

        init(parsing arguments: ParsedArguments) throws(UsageError) {
            options = try InspectOptions(arguments)
        }

        func run(in environment: CommandEnvironment) async -> ExitCode { .success }
    }

    static let all = [
        CommandDescription(Classify.self), CommandDescription(Inspect.self), CommandDescription(Process.self),
    ]
}

@Suite struct OptionTests {
    private func classify(_ line: String) throws -> ClassifyOptions {
        let words = line.split(separator: " ").map { Argument(bytes: Array($0.utf8)) }
        let parsed = try ArgumentParser(DescribedCommands.all[0]).parse(words)
        return try DescribedCommands.Classify(parsing: parsed).options
    }

    @Test func choosesDefaults() throws {
        let options = try classify("photos --model m.xml")
        #expect(options.inputs == ["photos"])
        #expect(options.models == [NamedModel(path: "m.xml")])
        #expect(options.engine.engine == .auto && options.engine.device == "CPU" && options.engine.precision == .auto)
        #expect(options.engine.cache == .standard)
        #expect(options.contract == ContractOptions())
        #expect(options.results.top == 5 && options.results.format == .jsonl && options.results.isOrdered)
        #expect(options.results.minScore == nil && options.results.output == nil && options.reports.progress == .auto)
        #expect(options.speed.batch == nil && options.speed.maxWait == nil && options.speed.queue == nil)
        #expect(options.pictures.timeout == .seconds(30) && options.pictures.maxPixels == nil)
    }

    @Test func readsEveryOption() throws {
        let options = try classify(
            """
            a @list.txt --model m --engine openvino --device GPU --precision bf16 --cache-dir none --labels l.txt \
            --preset inception --activation none --top 3 --min-score 0.1 --batch 8 --max-wait 20ms --workers 3 \
            --requests auto --queue 10 --unordered --size 299 --fit cover --resample bicubic --color bgr --scale 1/255 \
            --mean 1,2,3 --std 4,5,6 --layout nchw --format csv --output o.csv --summary s.json --resume --progress never --profile \
            --fast-decode --allow-truncated --max-pixels 1000 -0 --timeout 5s
            """
        )
        #expect(options.inputs == ["a", "@list.txt"])
        #expect(
            options.engine.engine == .openvino && options.engine.device == "GPU" && options.engine.precision == .bf16
        )
        #expect(options.engine.cache == ModelCache.none)
        let contract = options.contract
        #expect(contract.labels == "l.txt" && contract.preset == "inception" && contract.activation == Activation.none)
        #expect(
            [contract.size, contract.fit, contract.resample, contract.color] == ["299", "cover", "bicubic", "bgr"]
        )
        #expect([contract.scale, contract.mean, contract.std] == ["1/255", "1,2,3", "4,5,6"])
        #expect(contract.layout == .nchw)
        let results = options.results
        #expect(results.top == 3 && results.minScore == 0.1 && !results.isOrdered && results.format == .csv)
        #expect(
            results.output == "o.csv" && options.reports.summary == "s.json" && results.resumes
                && options.reports.profiles
        )
        #expect(options.reports.progress == .never)
        let speed = options.speed
        #expect(speed.batch == 8 && speed.maxWait == .milliseconds(20) && speed.workers == 3 && speed.queue == 10)
        #expect(speed.requests == nil)
        let pictures = options.pictures
        #expect(pictures.isNULSeparated && pictures.timeout == .seconds(5) && pictures.maxPixels == 1000)
        #expect(options.look.allowsFastDecode && pictures.allowsTruncated)
    }

    @Test(arguments: [
        ("x --model m --resume", "--resume goes on with the file of an earlier run, so it needs --output FILE."),
        (
            "x --model m --resume --output o --format table",
            "--resume cannot read a table back; use --format jsonl or csv."
        ),
        ("x --model m --output o --summary o", "--output and --summary both name 'o'; give each a file."),
        ("x", "--model [NAME=]MODEL is required."),
        ("--model m", "'penstock classify' needs INPUT…, or a folder to --watch."),
        (
            "x --model m --engine tensorflow",
            "--engine is auto or openvino, not 'tensorflow'."
        ),
    ])
    func refuses(_ line: String, _ message: String) {
        #expect(throws: UsageError(message)) { try classify(line) }
    }

    @Test(
        arguments: [
            ("--model a=m", [("", "m")]), ("--model ./a=m", [("", "./a=m")]), ("--model =m", [("", "=m")]),
            ("--model ä=m", [("", "ä=m")]), ("--model a=m --model b=n=o", [("a", "m"), ("b", "n=o")]),
            ("--model=x/m.onnx --model n/saved", [("m", "x/m.onnx"), ("saved", "n/saved")]),
            ("--model m.1.xml --model A_b-2.c=m.1.xml", [("m.1", "m.1.xml"), ("A_b-2.c", "m.1.xml")]),
        ] as [(String, [(String, FilePath)])]
    )
    func namesModels(_ flags: String, _ models: [(String, FilePath)]) throws {
        #expect(try classify("x " + flags).models == models.map { NamedModel(name: $0, path: $1) })
    }

    @Test(arguments: [
        ("--model a=m --model a=n", "Two models would be called 'a', 'm' and 'n'"),
        ("--model x/m.onnx --model y/m.onnx", "Two models would be called 'm'"),
        ("--model a=", "--model 'a=' names no file"),
        ("--model a=m --model ..", "'..' gives none that can be used"),
        ("--model a=m --model n --smooth 1s", "--smooth is about the scores of one model"),
        ("--model a=m --model n --events e.vtt", "--events is about the scores of one model"),
    ])
    func refusesModels(_ flags: String, _ message: String) {
        let error = #expect(throws: UsageError.self) { try classify("x " + flags) }
        #expect(error?.message.hasPrefix(message) == true || error?.message.contains(message) == true)
    }

    @Test(arguments: [("", ModelCache.standard), (" --cache-dir none", .none), (" --cache-dir k", .folder("k"))])
    func readsTheCacheFolder(_ flag: String, _ cache: ModelCache) throws {
        #expect(try classify("x --model m" + flag).engine.cache == cache)
    }

    @Test func readsInspect() throws {
        let parsed = try ArgumentParser(DescribedCommands.all[1]).parse(["m.tflite", "--format", "json"])
        let options = try DescribedCommands.Inspect(parsing: parsed).options
        #expect(options.inputs == ["m.tflite"] && options.format == .json)
    }
}

/// The project's own rules for options.
@Suite struct EveryOptionTests {
    static let options = DescribedCommands.all.flatMap { command in command.options.map { (command, $0) } }

    @Test(arguments: DescribedCommands.all) func isNamedOnce(_ command: CommandDescription) {
        #expect(Set(command.options.map(\.name)).count == command.options.count)
        let shorts = command.options.compactMap(\.short)
        #expect(Set(shorts).count == shorts.count)
    }

    @Test(arguments: options) func isDocumented(_ command: CommandDescription, _ option: OptionDescription) {
        #expect(option.help.hasSuffix(".") && option.help.first?.isLetter == true)
        #expect(option.name.allSatisfy { $0.isLowercase || $0 == "-" })
        #expect(option.value?.placeholder.isEmpty != true)
        let page = HelpText.page(command, 80)
        #expect(page.contains("  --\(option.name)"))
    }

    @Test(arguments: options) func isCompleted(_ command: CommandDescription, _ option: OptionDescription) {
        for shell in CompletionShell.allCases {
            let spelling = shell == .fish ? "-l \(option.name) " : "--\(option.name)"
            #expect(shell.script(DescribedCommands.all).contains(spelling))
        }
    }

    @Test(arguments: DescribedCommands.all) func fitsTheWidth(_ command: CommandDescription) {
        for width in [60, 80, 100] {
            let lines = HelpText.page(command, width).split(separator: "\n")
            #expect(lines.filter { $0.count > width }.isEmpty)
        }
    }
}
