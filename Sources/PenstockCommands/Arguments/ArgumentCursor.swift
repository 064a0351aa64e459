/// Walks over arguments, one after the other.
struct ArgumentCursor {
    private let arguments: [Argument]

    /// How many have been taken.
    private(set) var position = 0

    init(_ arguments: [Argument]) {
        self.arguments = arguments
    }

    /// The next argument, without taking it.
    var peek: Argument? { position < arguments.count ? arguments[position] : nil }

    /// Takes the next argument.
    mutating func next() -> Argument? {
        guard let argument = peek else { return nil }
        position += 1
        return argument
    }
}
