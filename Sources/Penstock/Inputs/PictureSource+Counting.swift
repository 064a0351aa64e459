extension PictureSource {
    /// Whether going through the source does not use it up, as it does with standard input.
    package var canBeCounted: Bool {
        !inputs.contains { if case .standardInput = $0 { true } else { false } }
    }

    /// How many items the source gives now; fewer when `isStopped` becomes true on the way.
    package func count(isStopped: () -> Bool) -> Int {
        var walker = InputWalker(self, unwanted: UnwantedFiles())
        var count = 0
        while !isStopped(), walker.next() != nil { count += 1 }
        return count
    }
}
