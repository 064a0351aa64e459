extension PictureSource {
    /// Whether going through the source does not use it up, as it does with standard input.
    package var canBeCounted: Bool {
        !inputs.contains { if case .standardInput = $0 { true } else { false } }
    }

    /// How many items the source gives now; fewer when `isStopped` becomes true on the way, and `nil` where a video is
    /// among them, whose frames nobody has counted.
    package func count(isStopped: () -> Bool) -> Int? {
        var walker = InputWalker(self, unwanted: UnwantedFiles())
        var count = 0
        while !isStopped(), let element = walker.next() {
            if case .item(let input) = element, case .video = input.location { return nil }
            count += 1
        }
        return count
    }
}
