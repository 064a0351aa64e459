extension PictureSource {
    /// Whether going through the source does not use it up, as it does with standard input.
    package var canBeCounted: Bool {
        !inputs.contains { input in
            switch input {
            case .standardInput, .pixels: true
            case .named, .file, .pattern, .folder, .list, .bytes, .video: false
            }
        }
    }

    /// How many items the source gives now; fewer when `isStopped` becomes true on the way, and `nil` where a video is
    /// among them, whose frames nobody has counted.
    ///
    /// - Parameter leavingOut: A folder that is not entered, as a job does not enter that of its results.
    package func count(leavingOut: FilePath? = nil, isStopped: () -> Bool) -> Int? {
        var walker = InputWalker(self, unwanted: UnwantedFiles(), leavingOut: leavingOut)
        var count = 0
        while !isStopped(), let element = walker.next() {
            if case .item(let input) = element, case .video = input.location { return nil }
            count += 1
        }
        return count
    }
}
