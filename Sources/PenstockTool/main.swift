import Glibc
import PenstockCommands

let status = await CommandLineTool.run(
    Argument.ofThisProcess(),
    in: .ofThisProcess(),
    commands: [
        ClassifyCommand.self, ProcessCommand.self, VerifyCommand.self, InspectCommand.self, DoctorCommand.self,
        EnginesCommand.self,
    ]
)
exit(status.rawValue)
