import PenstockCommands
import Testing

@Suite struct CommandLineToolTests {
    private func run(_ line: Argument...) async -> (code: ExitCode, output: String, error: String) {
        let streams = TestEnvironment()
        let code = await CommandLineTool.run(line, in: streams.environment(), commands: [SampleCommand.self])
        return (code, streams.output.text, streams.error.text)
    }

    @Test func runsTheCommandAndHandsOnItsExitCode() async {
        let result = await run("sample", "a b", "--model", "m")
        #expect(result == (.someFailed, "ran [\"a b\"]\n", ""))
    }

    @Test func showsTheUsageForNothing() async {
        let result = await run()
        #expect(result.code == .usage)
        #expect(result.output.isEmpty)
        #expect(result.error == "Usage: penstock sample|completions|help …\nSee 'penstock --help'.\n")
    }

    @Test func showsTheVersion() async {
        #expect(await run("--version") == (.success, "penstock \(PenstockVersion.current)\n", ""))
    }

    @Test func refusesAnUnknownCommandWithTheNearest() async {
        let result = await run("smaple")
        #expect(result.code == .usage)
        #expect(
            result.error == """
                penstock: 'smaple' is not a command of penstock. Did you mean sample?
                See 'penstock --help'.

                """
        )
        #expect(
            await run("--hepl").error.hasPrefix("penstock: '--hepl' is not an option of penstock. Did you mean --help?")
        )
    }

    @Test func pointsToTheCommandsOwnHelp() async {
        let result = await run("sample", "x", "--model=m", "--top=99")
        #expect(result.code == .usage)
        #expect(
            result.error == """
                penstock: --top is a whole number from 1 to 10, not '99'.
                See 'penstock sample --help'.

                """
        )
    }

    @Test func showsTheSameHelpThreeWays() async {
        let page = await run("help", "sample")
        #expect(page.code == .success)
        #expect(await run("sample", "--help") == page)
        #expect(await run("sample", "--modle", "-h") == page)
        #expect(await run("help", "smaple").error.contains("Did you mean sample?"))
    }

    @Test func printsCompletions() async {
        #expect(await run("completions", "bash").output.contains("complete -F _penstock penstock"))
        #expect(
            await run("completions", "bsh").error.contains("SHELL is bash, zsh or fish, not 'bsh'. Did you mean bash?")
        )
        #expect(await run("completions").code == .usage)
    }

    @Test func endsQuietlyWhenTheReaderHasGone() async {
        let streams = TestEnvironment()
        var environment = streams.environment()
        environment.standardOutput = RecordingSink(failing: .init(.closedPipe, at: .write, "gone"))
        #expect(await CommandLineTool.run(["--help"], in: environment, commands: []) == .success)
        environment.standardOutput = RecordingSink(failing: .init(.inputOutput, at: .write, "full"))
        #expect(await CommandLineTool.run(["--help"], in: environment, commands: []) == .couldNotStart)
        #expect(streams.error.text == "penstock: full\n")
    }
}
