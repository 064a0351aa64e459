internal import Penstock
internal import PenstockCore
internal import PenstockVideo

/// Puts a video's inspection in words, or in JSON.
struct VideoReport {
    private let name: FilePath
    private let video: VideoDescription

    init(_ name: FilePath, _ inspection: VideoInspection) {
        self.name = name
        video = inspection.description
    }

    func text(_ format: ReportFormat) -> String {
        format == .json ? json : plain
    }

    private var plain: String {
        let rows: [(String, String?)] = [
            ("video", name.description),
            ("container", video.container),
            ("codec", video.codec),
            ("size", video.size.description),
            ("rotation", video.rotation == 0 ? nil : "\(video.rotation)° clockwise"),
            ("pixels", video.pixelFormat),
            ("colours", video.color),
            ("scan", video.isInterlaced ? "interlaced" : "progressive"),
            ("rate", video.claimedRate.map { "\(DecimalText.fixed($0, 3)) frames/s, as it claims" } ?? "claims none"),
            ("frames", video.frameCount.map(String.init) ?? "not counted"),
            ("duration", video.duration.map { "\(DecimalText.fixed($0 / .seconds(1), 3)) s" } ?? "not said"),
            ("start", video.start.map { "\(DecimalText.fixed($0 / .seconds(1), 3)) s" }),
            ("sound", video.audioCodec ?? "none"),
        ]
        return Columns.text(rows.compactMap { name, value in value.map { [name, VisibleText.escaped($0)] } })
    }

    private var json: String {
        OrderedJSON.object([
            JSONMember("video", .text(name.description)),
            JSONMember("container", .text(video.container)),
            JSONMember("codec", .text(video.codec)),
            JSONMember("width", .integer(video.size.width)),
            JSONMember("height", .integer(video.size.height)),
            JSONMember("rotation", .integer(video.rotation)),
            JSONMember("pixelFormat", .text(video.pixelFormat)),
            JSONMember("color", .text(video.color)),
            JSONMember("interlaced", .flag(video.isInterlaced)),
            JSONMember("claimedRate", video.claimedRate.map { .number($0) } ?? .null),
            JSONMember("frames", video.frameCount.map { .integer($0) } ?? .null),
            JSONMember("duration", video.duration.map { .number($0 / .seconds(1)) } ?? .null),
            JSONMember("start", video.start.map { .number($0 / .seconds(1)) } ?? .null),
            JSONMember("audioCodec", video.audioCodec.map { .text($0) } ?? .null),
        ]).line
    }
}
