internal import PenstockCore

/// How Hugging Face's size objects name edges.
private enum HuggingFaceSize {
    case exact(ImageSize)
    case shortest(Int)
}

extension HuggingFaceProcessor {
    /// The size and the fit.
    func geometry() -> PartialContract {
        var partial = PartialContract()
        guard json["do_resize"]?.bool ?? true else {
            partial.fit = refused("does not resize; say --size and --fit.")
            return partial
        }
        guard let size = size("size", isSquare: type?.isSquare) else {
            if json["size"] != nil || type == nil {
                partial.fit = refused("has a size whose meaning is not known here; say --size and --fit.")
            }
            return partial
        }
        switch type?.resizing ?? .plain {
        case .plain: plain(size, &partial)
        case .convNext: convNext(size, &partial)
        case .leViT: cover(size, resizedEdge: { Int(256.0 / 224 * Double($0)) }, &partial)
        case .poolFormer: poolFormer(size, &partial)
        case .other:
            partial.fit = refused(
                "crops before it resizes, which is not supported; say --size and --fit for the nearest."
            )
        }
        return partial
    }

    private func plain(_ size: HuggingFaceSize, _ partial: inout PartialContract) {
        let crops = json["do_center_crop"]?.bool ?? type?.cropsCenter ?? false
        let crop = crops ? self.size("crop_size", isSquare: true) : nil
        switch (size, crop) {
        case (.exact(let size), nil):
            declare(&partial, size, .stretch, "size")
        case (.exact(let size), .exact(let crop)) where size == crop:
            declare(&partial, size, .stretch, "size")
        case (.exact(let size), .some):
            partial.fit = refused(
                "stretches to \(size) and then crops, which is not supported; say --size and --fit cover:0.875 for the nearest."
            )
        case (.shortest(let edge), .exact(let crop)):
            cover(edge: edge, crop, "size, crop_size", &partial)
        case (.shortest, _):
            partial.fit = refused("keeps each picture's own shape and does not crop; say --size and --fit.")
        }
    }

    private func convNext(_ size: HuggingFaceSize, _ partial: inout PartialContract) {
        guard case .shortest(let edge) = size else { return plain(size, &partial) }
        // From 384 on the whole picture is warped to a square.
        guard edge < 384 else { return declare(&partial, ImageSize(side: edge), .stretch, "size") }
        let fraction = json["crop_pct"]?.number ?? 224.0 / 256
        cover(edge: resized(edge, fraction), ImageSize(side: edge), "size, crop_pct", &partial)
    }

    private func poolFormer(_ size: HuggingFaceSize, _ partial: inout PartialContract) {
        let fraction = json["crop_pct"]?.number ?? 0.9
        cover(size, resizedEdge: { resized($0, fraction) }, &partial)
    }

    /// A resize of the shortest edge by a rule of the type's own, and a crop.
    private func cover(_ size: HuggingFaceSize, resizedEdge: (Int) -> Int, _ partial: inout PartialContract) {
        guard case .shortest(let edge) = size else { return plain(size, &partial) }
        guard case .exact(let crop) = self.size("crop_size", isSquare: true) ?? .exact(ImageSize(side: edge)) else {
            return
        }
        cover(edge: resizedEdge(edge), crop, "size, crop_size", &partial)
    }

    private func cover(edge: Int, _ crop: ImageSize, _ keys: String, _ partial: inout PartialContract) {
        guard let fraction = Fit.cropFraction(from: edge, to: crop.width), crop.width == crop.height else {
            partial.fit = refused(
                "crops \(crop) from a shortest edge of \(edge), which is not supported; say --size and --fit."
            )
            return
        }
        declare(&partial, crop, .cover(cropFraction: fraction, rounding: .down), keys)
    }

    private func declare(_ partial: inout PartialContract, _ size: ImageSize, _ fit: Fit, _ keys: String) {
        partial.size = .value(size, from: origin(keys))
        partial.fit = .value(fit, from: "\(file): \(typeName), \(keys)")
    }

    private func resized(_ edge: Int, _ fraction: Double) -> Int {
        fraction > 0 && fraction <= 1 ? Int(Double(edge) / fraction) : 0
    }

    /// The size under a key: a number, or an object with `height` and `width`, or with `shortest_edge` alone.
    private func size(_ key: String, isSquare: Bool?) -> HuggingFaceSize? {
        guard let value = json[key] else { return nil }
        if let edge = value.integer, edge > 0, edge < 65_536, let isSquare {
            return isSquare ? .exact(ImageSize(side: edge)) : .shortest(edge)
        }
        let edges = [value["width"], value["height"]].map { $0?.integer ?? 0 }
        if edges.allSatisfy({ (1...65_535).contains($0) }) {
            return .exact(ImageSize(width: edges[0], height: edges[1]))
        }
        guard value["longest_edge"] == nil, let edge = value["shortest_edge"]?.integer, (1...65_535).contains(edge)
        else {
            return nil
        }
        return .shortest(edge)
    }
}

extension Fit {
    /// The fraction that makes `cover` resize the shortest edge to `resized` before it cuts `crop` out.
    ///
    /// The quotient of the two may round so that dividing by it falls just short of the edge; the next smaller number
    /// does not.
    static func cropFraction(from resized: Int, to crop: Int) -> Double? {
        guard crop > 0, resized >= crop else { return nil }
        let fraction = Double(crop) / Double(resized)
        return Int(Double(crop) / fraction) == resized ? fraction : fraction.nextDown
    }
}
