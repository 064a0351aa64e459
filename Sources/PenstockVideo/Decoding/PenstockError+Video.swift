internal import CFFmpeg
internal import Glibc
package import PenstockCore
internal import PenstockImages

/// What can be wrong with a video. The caller says which video.
extension PenstockError {
    static let noMemoryForVideo = Self(
        .tooLarge,
        at: .read,
        "There is no memory left to read a video. Lower --workers or --max-pixels."
    )

    static let emptyVideo = Self(
        .corrupt,
        at: .read,
        "The file is empty: it holds no bytes. If it is still being written, try again later; else copy it again."
    )

    static let folderForVideo = Self(.notAFile, at: .read, "This is a folder, not a file with a video in it.")

    static let noPictures = Self(
        .unsupported,
        at: .read,
        "There is no video in it, only sound or other data. Give a file that has pictures."
    )

    /// Nothing here takes the bytes for a video.
    package static let notAVideo = Self(
        .unsupported,
        at: .read,
        "This is not a video: no known format begins like it. The name of a file does not count, its content does."
    )

    static let missingIndex = Self(
        .corrupt,
        at: .read,
        "The index (moov) is missing, without which an MP4 cannot be read: the file is cut short, or it is still being "
            + "written. Wait until it is complete, or copy it again."
    )

    static let noCameraSupport = Self(
        .unsupported,
        at: .read,
        "Cameras need FFmpeg's libavdevice, which is not installed. Install it: apt-get install libavdevice59"
    )

    static let videoStopped = Self(.cancelled, at: .read, "Reading the video was given up because the job was stopped.")

    static let noTimes = Self(
        .invalidConfiguration,
        at: .configure,
        "This kind of video carries no times, so that frames cannot be chosen by time. "
            + "Choose them by number, with --every."
    )

    static func noDecoder(_ codec: String) -> Self {
        let message = "The video is coded as \(codec), for which this FFmpeg has no decoder. Convert it to H.264."
        return Self(.unsupported, at: .decode, message)
    }

    static func decoderRefused(_ codec: String, _ status: Int32) -> Self {
        let message = "The decoder for \(codec) did not start\(because()). Copy the file again, or convert it to H.264."
        return Self(.unsupported, at: .decode, message, status: status)
    }

    static func unknownAddress(_ scheme: String) -> Self {
        let known = VideoLocation.schemes.joined(separator: ", ")
        let message = "Video is not read over \"\(scheme)\". These are spoken: \(known)."
        return Self(.invalidConfiguration, at: .configure, message)
    }

    static func frameTooLarge(_ size: ImageSize, limit: Int) -> Self {
        let message =
            "The video says that its frames are \(size), and the limit is \(limit) pixels. "
            + "If that is what you expect of it, raise --max-pixels."
        return Self(.tooLarge, at: .decode, message)
    }

    static func noFrameSize(_ codec: String) -> Self {
        let message = "The video (\(codec)) does not say how large its frames are: its beginning is damaged or missing."
        return Self(.corrupt, at: .decode, message)
    }

    static func stalled(_ timeout: Duration) -> Self {
        let message = "No bytes have come for \(timeout), the longest wait. Check the other end, or raise --timeout."
        return Self(.timedOut, at: .read, message)
    }

    static func undecodable(_ complaint: DecoderComplaint) -> Self {
        let message = "The frame is damaged: it could not be decoded\(complaint.reason)."
        return Self(.corrupt, at: .decode, message, status: complaint.status)
    }

    static func undecodable(_ count: Int, until end: Duration?, _ complaint: DecoderComplaint) -> Self {
        let place = end.map { ", up to \($0.secondsText)" } ?? ""
        let message = "\(count) frames in a row are damaged\(place): they could not be decoded\(complaint.reason)."
        return Self(.corrupt, at: .decode, message, status: complaint.status)
    }

    /// Frames are missing between two times because the container is damaged there.
    static func missingFrames(from start: Duration, to end: Duration) -> Self {
        let message = "The file is damaged from \(start.secondsText) to \(end.secondsText): frames are missing there."
        return Self(.corrupt, at: .read, message)
    }

    static let nothingDecoded = Self(
        .corrupt,
        at: .decode,
        "Not one frame could be decoded: the file is damaged, or it holds no keyframe. Copy it again."
    )

    static var indexBehindFrames: Self {
        Self(
            .unsupported,
            at: .read,
            "The video's index lies behind its frames, and it comes in a way that cannot go back to them. Download it "
                + "first, or have it made with the index in front (ffmpeg -movflags +faststart)."
        )
    }

    /// The file ends before the video does.
    static func cutShort(at time: Duration?, _ read: Int, of total: Int?) -> Self {
        let reached = time.map { " at \($0.secondsText)" } ?? ""
        let count = total.map { "\(read) of \($0) frames" } ?? "\(read) frames"
        let message =
            "The video is cut short\(reached): \(count) are there. Copy it again, or wait until it is complete."
        return Self(.truncated, at: .read, message)
    }

    /// A time was asked for that the video does not last until.
    static func beyondEnd(_ time: Duration, last: Duration?) -> Self {
        let end = last.map { ": its last frame is at \($0.secondsText)" } ?? ""
        let message = "The video is over before \(time.secondsText)\(end). Ask for an earlier time."
        return Self(.invalidConfiguration, at: .decode, message)
    }

    /// What this thread's log says, to be put behind a phrase.
    private static func because() -> String {
        let said = FFmpegLog.message
        return said.isEmpty ? "" : " (\(said))"
    }
}

extension PenstockError {
    /// Opening a file failed with an error number.
    static func openingVideo(_ number: Int32) -> Self {
        switch number {
        case ENOENT, ENOTDIR:
            Self(.notFound, at: .read, "There is no such file. Check the path.", status: number)
        case EACCES, EPERM:
            Self(.permissionDenied, at: .read, "Permission denied: this user may not read it.", status: number)
        case EBUSY:
            Self(.inputOutput, at: .read, "The device is busy: another program is using it.", status: number)
        default:
            Self(.inputOutput, at: .read, "It could not be opened: \(SystemFailure.text(number)).", status: number)
        }
    }

    /// FFmpeg could not open what a video is read from.
    static func openingVideo(_ status: Int32, _ location: VideoLocation) -> Self {
        let said = FFmpegLog.message
        if said.contains("moov atom not found") { return location.holdsAtoms ? .missingIndex : .notAVideo }
        switch (location, status) {
        case (_, penstock_av_error_invalid_data), (.file, penstock_av_error_eof): return .notAVideo
        case (.camera, _): return .camera(status)
        case (.address, _): return .connecting(status, said)
        default: return .openingVideo(-status)
        }
    }

    private static func camera(_ status: Int32) -> Self {
        switch -status {
        case ENOENT, ENODEV, ENXIO:
            Self(.notFound, at: .read, "There is no such camera. Look for one: ls /dev/video*", status: -status)
        case ENOTTY, EINVAL:
            Self(
                .unsupported,
                at: .read,
                "This device is not a camera that gives pictures\(because()).",
                status: -status
            )
        default: .openingVideo(-status)
        }
    }

    private static func connecting(_ status: Int32, _ said: String) -> Self {
        switch status {
        case penstock_av_error_not_found:
            Self(.notFound, at: .read, "The server has nothing at this address (404). Check it.", status: status)
        case penstock_av_error_unauthorized, penstock_av_error_forbidden:
            Self(.permissionDenied, at: .read, "The server refuses this address\(because()). Log in.", status: status)
        case penstock_av_error(ECONNREFUSED):
            Self(.inputOutput, at: .read, "The server's machine refuses the connection. Check host and port.")
        case penstock_av_error(ETIMEDOUT):
            Self(.timedOut, at: .read, "The server does not answer. Check the address and the network.")
        case penstock_av_error(ENETUNREACH), penstock_av_error(EHOSTUNREACH):
            Self(.inputOutput, at: .read, "The server cannot be reached from here. Check the network.")
        case _ where said.contains("resolve hostname"):
            Self(.notFound, at: .read, "The host's name is not known. Check the address and the network.")
        default:
            Self(.inputOutput, at: .read, "The stream could not be opened\(because()). Try again.", status: status)
        }
    }

    /// Reading stopped in the middle.
    static func readingVideo(_ status: Int32, after time: Duration?, _ frames: Int) -> Self {
        let place = time.map { " at \($0.secondsText)" } ?? ""
        let message = "The video could not be read on\(place), after \(frames) frames\(because(status))."
        return Self(.inputOutput, at: .read, message, status: status)
    }

    /// What the log says, or else the system, to be put behind a phrase.
    private static func because(_ status: Int32) -> String {
        let said = FFmpegLog.message
        if !said.isEmpty { return " (\(said))" }
        // Below this lie FFmpeg's own codes, which spell tags.
        return (-4096..<0).contains(status) ? " (\(SystemFailure.text(-status)))" : ""
    }
}

extension Duration {
    /// Seconds to three places: `12.040 s`.
    fileprivate var secondsText: String {
        let thousandths = attoseconds / 1_000_000_000_000_000
        let (whole, rest) = abs(thousandths).quotientAndRemainder(dividingBy: 1000)
        let digits = String(rest)
        return "\(thousandths < 0 ? "-" : "")\(whole).\(String(repeating: "0", count: 3 - digits.count))\(digits) s"
    }
}
