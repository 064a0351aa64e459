package import PenstockFlow

/// What held a job back, and what would help.
package struct Bottleneck: Hashable, Sendable {
    /// What held it back.
    package let kind: Kind
    /// Why that is the judgement, in a sentence.
    package let reason: String
    /// What would help, the likeliest first.
    package let advice: [String]

    /// What can hold a job back.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Loaders waited for a free slot: the model was the limit.
        case inference
        /// Inference waited for pictures, and loaders were decoding.
        case loading
        /// Inference waited for pictures, and loaders were waiting for a disk or the network.
        case reading
        /// Loaders waited for something to load.
        case source
        /// Results could not be written fast enough.
        case writing
        /// Loading and inference shared the same cores, and both were busy.
        case cores
        /// There was too little work to tell.
        case none
    }
}

extension Bottleneck {
    /// Judges a job by where its threads and requests spent their time.
    ///
    /// - Parameters:
    ///   - times: Seconds by stage, summed over threads.
    ///   - seconds: How long the job took.
    ///   - workers: Threads that loaded.
    ///   - requests: Inferences that could be in flight.
    ///   - cores: The cores that this process may use.
    package static func judge(
        _ times: StageTimes,
        seconds: Double,
        workers: Int,
        requests: Int,
        cores: Int
    ) -> Bottleneck {
        let shares = BottleneckShares(times, seconds: seconds, workers: workers, requests: requests, cores: cores)
        let kind = shares.kind
        return Bottleneck(kind: kind, reason: shares.reason(for: kind), advice: shares.advice(for: kind))
    }
}

/// The shares of a job's time that a judgement rests on.
struct BottleneckShares {
    private let isLongEnough: Bool
    private let workers: Int
    private let cores: Int
    /// Of the loaders' time, asleep because every slot was taken.
    private let slotWait: Double
    /// Of the loaders' time, asleep because nothing had arrived.
    private let inputWait: Double
    /// Of the time, with each request in flight.
    private let inference: Double
    /// Of the time, writing results.
    private let writing: Double
    /// Of the cores' time, decoding and preprocessing.
    private let loading: Double
    /// Of the loaders' own work, fetching bytes.
    private let reading: Double
    /// Of the time, decoding, on however many threads.
    private let sourceDecoding: Double

    init(_ times: StageTimes, seconds: Double, workers: Int, requests: Int, cores: Int) {
        self.workers = workers
        self.cores = cores
        isLongEnough = seconds >= 0.05 && times.infer > 0
        slotWait = times.waitForSlot / max(1e-9, seconds * Double(workers))
        inputWait = times.waitForInput / max(1e-9, seconds * Double(workers))
        inference = min(1, times.infer / max(1e-9, seconds * Double(requests)))
        writing = times.write / max(1e-9, seconds)
        loading = (times.decode + times.preprocess) / max(1e-9, seconds * Double(cores))
        sourceDecoding = times.decode / max(1e-9, seconds)
        reading = times.read / max(1e-9, times.read + times.decode + times.preprocess)
    }

    var kind: Bottleneck.Kind {
        if !isLongEnough { return .none }
        // Each of the first three leaves somebody asleep for more than half of the job, which no other limit does.
        if writing > 0.5 { return .writing }
        // Videos are decoded on the source's own thread.
        if inputWait > 0.5 { return sourceDecoding > 0.5 ? .loading : .source }
        if slotWait > 0.5 { return .inference }
        if inference < 0.8, reading > 0.5 { return .reading }
        // Requests that idle while loaders are busy want more pictures; where both are busy they share the cores.
        if inference < 0.8, slotWait < 0.2 { return .loading }
        return slotWait > 0.2 && loading < 0.25 ? .inference : .cores
    }

    func reason(for kind: Bottleneck.Kind) -> String {
        switch kind {
        case .inference: "Loaders waited for inference \(percent(slotWait)) of the time."
        case .loading: "Inference was under way \(percent(inference)) of the time, and waited for pictures the rest."
        case .reading: "Loaders spent \(percent(reading)) of their work fetching bytes."
        case .source: "Loaders waited for something to load \(percent(inputWait)) of the time."
        case .writing: "Writing results took \(percent(writing)) of the time."
        case .cores:
            "Loading and inference were both busy on the same cores: decoding and resizing took \(percent(loading)) of them."
        case .none: "There was too little work to tell."
        }
    }

    func advice(for kind: Bottleneck.Kind) -> [String] {
        switch kind {
        case .inference:
            [
                "a smaller model", "more cores",
                "--precision bf16, where the device has it and --summary does not show it yet",
            ]
        case .loading: moreWorkers + ["--fast-decode", "smaller pictures, or more cores"]
        case .reading: ["a faster disk or network", "--workers \(workers * 2), so that more reads overlap"]
        case .source: ["a faster supply: list files (@list.txt) in place of a slow search, or a nearer server"]
        case .writing: ["--format jsonl, a lower --top, or a faster --output"]
        case .cores: ["--fast-decode", "a smaller model", "more cores"]
        case .none: []
        }
    }

    /// More loaders help only where cores are left for them.
    private var moreWorkers: [String] { workers < cores ? ["--workers \(cores)"] : [] }

    private func percent(_ share: Double) -> String { DecimalText.fixed(min(1, share) * 100, 0) + " %" }
}
