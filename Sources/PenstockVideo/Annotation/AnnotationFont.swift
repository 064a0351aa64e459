internal import PenstockCore

/// The font that annotations are drawn in: every letter of it is equally wide, and it has blocks for bars.
struct AnnotationFont: Hashable {
    /// The font's file.
    let path: FilePath

    /// Finds the font: the file that `PENSTOCK_FONT` names, or DejaVu Sans Mono where Linux systems keep it.
    ///
    /// - Throws: When there is none.
    static func find(among folders: [String] = usualFolders) throws(PenstockError) -> AnnotationFont {
        if let named = environment("PENSTOCK_FONT") { return try AnnotationFont(named: named) }
        for folder in folders {
            let path = FilePath(folder).appending("DejaVuSansMono.ttf")
            if case .regular = FileSystem.kind(path) { return AnnotationFont(path: path) }
        }
        throw PenstockError(
            .notFound,
            at: .configure,
            "Drawing on pictures needs the font DejaVu Sans Mono, which is not installed here. Install it: "
                + "apt-get install fonts-dejavu-core; or name another font's file in PENSTOCK_FONT."
        )
    }

    private init(named name: String) throws(PenstockError) {
        path = FilePath(name)
        guard case .regular = FileSystem.kind(path), path.isText else {
            throw PenstockError(.notFound, at: .configure, "PENSTOCK_FONT names \(path), which is no file of a font.")
        }
    }

    private init(path: FilePath) {
        self.path = path
    }

    private static let usualFolders = [
        "/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu-sans-mono-fonts", "/usr/share/fonts/TTF",
        "/usr/share/fonts/dejavu", "/usr/share/fonts/ttf-dejavu", "/usr/local/share/fonts",
    ]
}
