import Glibc
import PenstockCommands

let status = await CommandLineTool.run(
    Argument.ofThisProcess(),
    in: .ofThisProcess(),
    commands: [ClassifyCommand.self, ProcessCommand.self, InspectCommand.self, DoctorCommand.self]
)
exit(status.rawValue)
