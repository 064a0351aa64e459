internal import PenstockFlow

/// How long one of a job's stages took, summed over threads.
struct StageTime {
    /// What the stage is called.
    let name: String
    /// How long it took.
    let seconds: Double
}

extension StageTimes {
    /// The stages of a classification.
    var ofClassifying: [StageTime] {
        loading + [StageTime(name: "infer", seconds: infer), StageTime(name: "write", seconds: write)]
    }

    /// The stages of a processing job, which runs no model; encoding is writing.
    var ofProcessing: [StageTime] { loading + [StageTime(name: "write", seconds: write)] }

    private var loading: [StageTime] {
        [
            StageTime(name: "read", seconds: read), StageTime(name: "decode", seconds: decode),
            StageTime(name: "preprocess", seconds: preprocess),
        ]
    }
}
