/// Which filters are known to make one picture of each, whatever came before it.
enum MemorylessFilters {
    /// Whether a chain of these filters may be used for one still after another.
    ///
    /// What is not known to be so is taken to be otherwise: expressions may ask for a frame's number or time, and text for
    /// the clock's, so a description with any such word in it is not used again.
    static func suffice(_ names: [String], in description: String) -> Bool {
        let words = description.split { !($0.isLetter || $0.isNumber || $0 == "_") }
        return names.allSatisfy(known.contains) && !words.contains { changeable.contains(String($0)) }
            && !description.contains("%{")
    }

    private static let known: Set<String> = [
        "avgblur", "boxblur", "colorbalance", "colorchannelmixer", "colorlevels", "convolution", "copy", "crop",
        "curves",
        "dilation", "drawbox", "drawgrid", "drawtext", "edgedetect", "eq", "erosion", "fillborders", "format", "gblur",
        "hflip", "hue", "lut", "lutrgb", "lutyuv", "median", "negate", "noformat", "null", "pad", "prewitt", "roberts",
        "rotate", "scale", "sobel", "transpose", "unsharp", "vflip",
    ]

    /// Options and variables of the known filters by which a frame's place in a video matters, or the time of day.
    private static let changeable: Set<String> = [
        "N", "T", "enable", "eval", "ld", "n", "pos", "pts", "rand", "random", "randomi", "reload", "st", "t",
        "textfile", "time", "timecode", "tc",
    ]
}
