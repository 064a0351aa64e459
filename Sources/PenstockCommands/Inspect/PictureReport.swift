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

    func text(_ format: InspectOptions.Format) -> String {
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
        var object = JSONObjectText()
        object.add("picture", name.description)
        object.add("format", inspection.format)
        object.add("width", raw: "\(inspection.size.width)")
        object.add("height", raw: "\(inspection.size.height)")
        object.add("orientation", raw: "\(inspection.orientation)")
        if let details = inspection.details { object.add("coding", details) }
        return object.text + "\n"
    }
}
