extension Labels {
    /// The number of classes of ImageNet, and the number with the background that TensorFlow's models put first.
    private static let imagenet = (plain: 1000, withBackground: 1001)

    /// The labels that fit an output of `count` classes.
    ///
    /// Labels fit when there are as many as outputs. The one difference that is made up for is ImageNet's background
    /// class, which is put before 1000 labels for 1001 outputs, and taken from 1001 labels for 1000.
    ///
    /// - Returns: The labels, and what was done to them, if anything was.
    package func fitted(to count: Int, source: String) throws(PenstockError) -> (labels: Labels, change: String?) {
        if names.count == count { return (self, nil) }
        let startsWithBackground = names.first?.lowercased() == "background"
        if (names.count, count) == Self.imagenet && !startsWithBackground {
            return (Labels(["background"] + names), "\"background\" added as class 0")
        }
        if (count, names.count) == Self.imagenet && startsWithBackground {
            return (Labels(Array(names.dropFirst())), "\"background\" left out")
        }
        throw PenstockError(
            .labelMismatch,
            at: .configure,
            "The labels do not fit the model: \(source) has \(names.count) and the model puts out \(count) classes. "
                + "Name the file that belongs to this model with --labels."
        )
    }
}

extension PenstockError.Code {
    /// There are not as many labels as classes.
    public static let labelMismatch = Self(rawValue: "labelMismatch")
}
