import CFFmpeg

extension PictureFormat {
    /// FFmpeg's decoder for a format whose whole file is one packet; nil where a demuxer has to take it apart.
    func codec(_ bytes: Span<UInt8>) -> AVCodecID? {
        switch self {
        case .png: AV_CODEC_ID_PNG
        case .webp: AV_CODEC_ID_WEBP
        case .bmp: AV_CODEC_ID_BMP
        case .gif: AV_CODEC_ID_GIF
        case .tiff: AV_CODEC_ID_TIFF
        case .jpeg2000: AV_CODEC_ID_JPEG2000
        case .jpegXL: AV_CODEC_ID_JPEGXL
        case .qoi: AV_CODEC_ID_QOI
        case .psd: AV_CODEC_ID_PSD
        case .targa: AV_CODEC_ID_TARGA
        case .portableMap: Self.portableMapCodec(bytes.byte(at: 1))
        case .jpeg, .avif, .heif, .other: nil
        }
    }

    /// `P1` and `P4` are bits, `P2` and `P5` grey, `P3` and `P6` RGB, and `P7` says what it is.
    private static func portableMapCodec(_ kind: UInt8?) -> AVCodecID {
        switch kind {
        case UInt8(ascii: "1"), UInt8(ascii: "4"): AV_CODEC_ID_PBM
        case UInt8(ascii: "2"), UInt8(ascii: "5"): AV_CODEC_ID_PGM
        case UInt8(ascii: "7"): AV_CODEC_ID_PAM
        default: AV_CODEC_ID_PPM
        }
    }
}
