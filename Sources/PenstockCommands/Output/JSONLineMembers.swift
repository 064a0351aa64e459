internal import PenstockCore
internal import PenstockVideo

/// The members that lines of several kinds have in common; each but the first of a line begins with its comma.
extension [UInt8] {
    /// A path as text; where its bytes are not text, they follow in Base64.
    mutating func appendPath(_ name: String, _ path: FilePath) {
        self += "\"\(name)\":".utf8
        appendJSON(path.bytes)
        guard !path.isText else { return }
        self += ",\"\(name)Base64\":\"".utf8
        PathBase64.append(path.bytes, to: &self)
        self += "\"".utf8
    }

    /// Where a frame stands in its video.
    mutating func appendMembers(of moment: FrameMoment) {
        self += ",\"frame\":".utf8
        appendJSON(moment.frame)
        appendMember("time", moment.time)
        appendMember("duration", moment.duration)
    }

    /// A picture's size.
    mutating func appendMembers(of size: ImageSize) {
        self += ",\"width\":".utf8
        appendJSON(size.width)
        self += ",\"height\":".utf8
        appendJSON(size.height)
    }

    /// A span of time in seconds; nothing where it is not known.
    mutating func appendMember(_ name: String, _ duration: Duration?) {
        guard let duration else { return }
        self += ",\"\(name)\":\(TimeText.seconds(duration))".utf8
    }

    /// What went wrong.
    mutating func appendMember(of error: PenstockError) {
        self += ",".utf8
        appendError(error)
    }

    /// What went wrong, as the first member of its object.
    mutating func appendError(_ error: PenstockError) {
        self += "\"error\":{\"stage\":".utf8
        appendJSON(error.stage.rawValue)
        self += ",\"message\":".utf8
        appendJSON(error.message)
        self += "}".utf8
    }
}
