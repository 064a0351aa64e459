import PenstockCommands
import Testing

@Suite struct HelpTextTests {
    @Test func laysOutACommand() {
        #expect(HelpText.page(CommandDescription(SampleCommand.self), 80) == Self.samplePage)
    }

    @Test func laysOutTheOverview() async {
        let streams = TestEnvironment()
        _ = await CommandLineTool.run(["--help"], in: streams.environment(), commands: [SampleCommand.self])
        #expect(streams.output.text == Self.overview)
    }

    static let samplePage = """
        Usage: penstock sample INPUT… --model MODEL [options]

        Does something, and says what it was given.

        Arguments:
          INPUT…                What to read.

        Inputs:
          --null, -0            NUL.

        Model:
          --model MODEL         The model. Required.
          --cache-dir DIR       The folder.

        Contract, over what the model declares:
          --color rgb|bgr       The order.
          --mean R,G,B          The mean.
          --size SIZE           The size.

        Results:
          --top N               How many. Default: 5.
          --score X             The score.
          --unordered           Any order.

        Speed:
          --batch auto|N        The batch. Default: auto.
          --wait TIME           The wait.

        Other:
          --help, -h            Show this text.

        Examples:
          penstock sample photos/ --model m.xml
              Do something with a folder.

        """

    static let overview = """
        Usage: penstock COMMAND …

        Feeds images to a vision model as fast as the model can take them.

        Commands:
          sample                Do something for a test.
          completions           Print a script that completes commands and options in a
                                shell.
          help                  Show what a command does and its options.

        Options:
          --help, -h            Show this text.
          --version, -V         Show the version.

        Exit codes:
          0                     All done.
          1                     Finished, and some items failed.
          2                     The command line could not be understood.
          3                     The work could not start or could not go on.
          130                   Interrupted; what was finished is on disk.

        'penstock help COMMAND' shows what a command does and its options.

        """
}
