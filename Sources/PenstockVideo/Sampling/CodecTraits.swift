internal import CFFmpeg

/// What may be left out of a stream without changing the frames that are decoded.
struct CodecTraits: Hashable {
    /// Whether every frame stands by itself.
    let isIntraOnly: Bool
    /// Whether a decoder begins at any keyframe as if the stream began there.
    let beginsAtKeyframes: Bool
    /// Whether frames that no other refers to are marked as such.
    let marksUnreferenced: Bool

    /// Looks a codec up; of one that is not known nothing is left out.
    init(_ codec: AVCodecID) {
        // Descriptors are constants of the library.
        let properties = unsafe avcodec_descriptor_get(codec)?.pointee.props ?? 0
        isIntraOnly = properties & AV_CODEC_PROP_INTRA_ONLY != 0
        beginsAtKeyframes = isIntraOnly || Self.independent.contains(codec.rawValue)
        marksUnreferenced = Self.marking.contains(codec.rawValue)
    }

    private static let independent: Set<UInt32> = Set(
        [
            AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_VP8, AV_CODEC_ID_VP9, AV_CODEC_ID_AV1, AV_CODEC_ID_MPEG4,
            AV_CODEC_ID_MPEG1VIDEO, AV_CODEC_ID_MPEG2VIDEO, AV_CODEC_ID_FFV1,
        ].map(\.rawValue)
    )

    /// Not HEVC: what a layer of its frames does not refer to, a higher layer may.
    private static let marking: Set<UInt32> = Set(
        [AV_CODEC_ID_H264, AV_CODEC_ID_MPEG4, AV_CODEC_ID_MPEG1VIDEO, AV_CODEC_ID_MPEG2VIDEO].map(\.rawValue)
    )
}
