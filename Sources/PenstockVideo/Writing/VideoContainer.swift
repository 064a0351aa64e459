internal import CFFmpeg
internal import PenstockCore

/// The kinds of file that video is written into, chosen by the name's ending.
enum VideoContainer: String, CaseIterable {
    case mp4
    case mov
    case mkv

    /// The kind that a name's ending asks for.
    init(of path: FilePath) throws(PenstockError) {
        guard let kind = VideoContainer(rawValue: path.lowercasedExtension) else {
            throw PenstockError(
                .invalidConfiguration,
                at: .configure,
                "\(path) does not say what kind of video it is to be: let its name end in .mp4, .mov or .mkv."
            )
        }
        self = kind
    }

    /// FFmpeg's name for it.
    var muxer: String {
        switch self {
        case .mp4: "mp4"
        case .mov: "mov"
        case .mkv: "matroska"
        }
    }

    /// Whether what comes before the first picture can be kept and hidden by an edit list.
    var hidesPreroll: Bool { self != .mkv }

    /// Whether sound of this codec is kept as it is: the file may hold it, and browsers play it there.
    func keeps(_ codec: AVCodecID) -> Bool {
        switch codec {
        case AV_CODEC_ID_AAC, AV_CODEC_ID_MP3, AV_CODEC_ID_AC3, AV_CODEC_ID_EAC3, AV_CODEC_ID_ALAC: true
        case AV_CODEC_ID_OPUS, AV_CODEC_ID_FLAC: self != .mov
        case AV_CODEC_ID_VORBIS: self == .mkv
        default: false
        }
    }
}
