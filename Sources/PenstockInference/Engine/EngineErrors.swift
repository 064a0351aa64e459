package import PenstockCore

extension PenstockError.Code {
    /// No usable library of the engine was found.
    package static let engineMissing = Self(rawValue: "engineMissing")
    /// The engine could not read the model.
    package static let modelUnreadable = Self(rawValue: "modelUnreadable")
    /// The engine could not compile the model for the device.
    package static let compilationFailed = Self(rawValue: "compilationFailed")
    /// An inference failed.
    package static let inferenceFailed = Self(rawValue: "inferenceFailed")
}
