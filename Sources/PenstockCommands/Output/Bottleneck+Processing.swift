package import Penstock
package import PenstockFlow

extension Bottleneck {
    /// Judges a processing job by where its threads spent their time.
    ///
    /// - Parameter cores: The cores that this process may use.
    package static func judge(_ summary: ProcessSummary, cores: Int) -> Bottleneck {
        judge(processing: summary.stages, seconds: summary.seconds, workers: summary.workers, cores: cores)
    }

    /// The same from the numbers alone.
    package static func judge(
        processing times: StageTimes,
        seconds: Double,
        workers: Int,
        cores: Int
    ) -> Bottleneck {
        let shares = ProcessingShares(times, seconds: seconds, workers: workers, cores: cores)
        let kind = shares.kind
        return Bottleneck(kind: kind, reason: shares.reason(for: kind), advice: shares.advice(for: kind))
    }
}

/// The shares of a processing job's time that a judgement rests on.
struct ProcessingShares {
    private let times: StageTimes
    private let seconds: Double
    private let workers: Int
    private let cores: Int
    /// Of the workers' time, asleep because finished files waited for the disk.
    private let diskWait: Double
    /// Of the workers' time, asleep because nothing had arrived.
    private let inputWait: Double
    /// Of the workers' own work, fetching bytes.
    private let reading: Double

    init(_ times: StageTimes, seconds: Double, workers: Int, cores: Int) {
        self.times = times
        self.seconds = seconds
        self.workers = workers
        self.cores = cores
        diskWait = times.waitForSlot / max(1e-9, seconds * Double(workers))
        inputWait = times.waitForInput / max(1e-9, seconds * Double(workers))
        reading = times.read / max(1e-9, times.read + times.decode + times.preprocess + times.write)
    }

    var kind: Bottleneck.Kind {
        if seconds < 0.05 { return .none }
        // Each of these leaves the workers asleep for more than half of the job, which no other limit does.
        if diskWait > 0.5 { return .writing }
        // Videos are decoded on the source's own thread.
        if inputWait > 0.5 { return times.decode > seconds / 2 ? .loading : .source }
        return reading > 0.5 ? .reading : .cores
    }

    func reason(for kind: Bottleneck.Kind) -> String {
        switch kind {
        case .writing: "Workers waited for the disk \(percent(diskWait)) of the time."
        case .loading:
            "Videos were decoded \(percent(times.decode / seconds)) of the time, and workers waited for frames."
        case .source: "Workers waited for something to load \(percent(inputWait)) of the time."
        case .reading: "Workers spent \(percent(reading)) of their work fetching bytes."
        case .cores, .inference:
            "Workers were busy: decoding took \(percent(share(times.decode))) of the work, operations "
                + "\(percent(share(times.preprocess))), encoding and writing \(percent(share(times.write)))."
        case .none: "There was too little work to tell."
        }
    }

    func advice(for kind: Bottleneck.Kind) -> [String] {
        switch kind {
        case .writing: ["a faster disk under --to", "--format or --quality that makes smaller files"]
        case .loading: ["smaller videos, or more cores"]
        case .source: ["a faster supply: list files (@list.txt) in place of a slow search, or a nearer server"]
        case .reading: ["a faster disk or network", "--workers \(workers * 2), so that more reads overlap"]
        case .cores, .inference: moreWorkers + lighterWork + ["more cores"]
        case .none: []
        }
    }

    private var moreWorkers: [String] { workers < cores ? ["--workers \(cores)"] : [] }

    /// What takes most of the work tells what would be cheaper.
    private var lighterWork: [String] {
        if share(times.write) > 0.5 { return ["a lower --compression, or --format jpeg without --optimize"] }
        return share(times.preprocess) > 0.5 ? ["a --resample that looks at fewer pixels, or resizing first"] : []
    }

    private func share(_ time: Double) -> Double {
        time / max(1e-9, times.read + times.decode + times.preprocess + times.write)
    }

    private func percent(_ share: Double) -> String { DecimalText.fixed(min(1, share) * 100, 0) + " %" }
}
