internal import Penstock
internal import PenstockCore

/// Puts a picture's inspection in words, or in JSON.
struct PictureReport {
    private let name: FilePath
    private let inspection: PictureInspection

    init(_ name: FilePath, _ inspection: PictureInspection) {
        self.name = name
        self.inspection = inspection
    }

    func text(_ format: ReportFormat) -> String {
        format == .json ? json : plain
    }

    private var plain: String {
        let rows = [
            ["picture", name.description],
            ["format", inspection.format],
            ["size", inspection.size.description],
            ["orientation", "\(inspection.orientation)"],
        ]
        let details = inspection.details.map { [["coding", $0]] } ?? []
        return Columns.text((rows + details).map { $0.map(VisibleText.escaped) })
    }

    private var json: String {
        let members = [
            JSONMember("picture", .text(name.description)),
            JSONMember("format", .text(inspection.format)),
            JSONMember("width", .integer(inspection.size.width)),
            JSONMember("height", .integer(inspection.size.height)),
            JSONMember("orientation", .integer(inspection.orientation)),
        ]
        let coding = inspection.details.map { [JSONMember("coding", .text($0))] } ?? []
        return OrderedJSON.object(members + coding).line
    }
}
