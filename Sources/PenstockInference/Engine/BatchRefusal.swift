/// That a model does not take the batch that was asked for.
struct BatchRefusal: Hashable, Sendable {
    /// The pictures that were asked for.
    var wanted: Int
    /// The pictures that its requests hold instead.
    var own: Int
    /// What the engine says, a sentence; `nil` where the model itself says so.
    var reason: String?

    /// What to tell the user, given how many requests run at once.
    func note(parallelism: Int) -> String {
        let instead =
            parallelism > 1 ? "it runs as parallel requests of \(own)" : "it runs as requests of \(own), one by one"
        return "The model refuses a batch of \(wanted): \(instead)." + (reason.map { " \($0)" } ?? "")
    }
}
