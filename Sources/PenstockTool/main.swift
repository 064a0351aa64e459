import Glibc
import PenstockCommands
import PenstockInference

// At the very start, before there are other threads: this changes the environment.
EngineNoise.hide()

let status = await CommandLineTool.run(
    Argument.ofThisProcess(),
    in: .ofThisProcess(),
    commands: [
        ClassifyCommand.self, ProcessCommand.self, VerifyCommand.self, InspectCommand.self, DoctorCommand.self,
        EnginesCommand.self,
    ]
)
exit(status.rawValue)
