import Glibc
import PenstockCommands

// Before any thread starts: threads inherit which signals they leave to others.
Interrupts.take()

let status = await CommandLineTool.run(
    Argument.ofThisProcess(),
    in: .ofThisProcess(),
    commands: [ClassifyCommand.self, InspectCommand.self]
)
exit(status.rawValue)
