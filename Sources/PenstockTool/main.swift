import PenstockCommands

// Before any thread starts: threads inherit which signals they leave to others.
Interrupts.take()

let status = await CommandLineTool.run(
    Argument.processArguments,
    in: .process(),
    commands: [ClassifyCommand.self, InspectCommand.self]
)
CommandLineTool.exit(status)
