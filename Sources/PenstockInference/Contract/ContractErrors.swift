public import PenstockCore

extension PenstockError.Code {
    /// Nothing declares how pictures are to be prepared for the model.
    public static let undeclaredPreprocessing = Self(rawValue: "undeclaredPreprocessing")
    /// The model is not a classifier of single colour pictures.
    public static let unsupportedModel = Self(rawValue: "unsupportedModel")
}

/// A refusal of what was asked for or declared.
func refusal(_ message: String, _ code: PenstockError.Code = .invalidConfiguration) -> PenstockError {
    PenstockError(code, at: .configure, message)
}
