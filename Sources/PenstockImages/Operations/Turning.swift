import Glibc
import PenstockCore

/// A rotation about the middle: the size that shows all of a picture, and where its pixels come from.
///
/// In the order and the roundings of Pillow's `rotate(-degrees, expand=True)`, so that both see the same places.
struct Turning {
    /// The size of the turned picture.
    let size: ImageSize
    /// From the turned picture's coordinates to the source's: two rows of three.
    let matrix: [Double]

    /// Finds a rotation, by degrees clockwise, of a picture with pixels.
    init(of source: ImageSize, degrees: Double) throws(PenstockError) {
        var angle = (-degrees).truncatingRemainder(dividingBy: 360)
        if angle < 0 { angle += 360 }
        let radians = -(angle * (.pi / 180))
        var map = Map(cosine: cos(radians).rounded15, sine: sin(radians).rounded15)
        let (width, height) = (Double(source.width), Double(source.height))
        map.move(by: map.of(-width / 2, -height / 2))
        map.x += width / 2
        map.y += height / 2
        let corners = [map.of(0, 0), map.of(width, 0), map.of(width, height), map.of(0, height)]
        let (turnedWidth, turnedHeight) = (Self.extent(corners.map(\.x)), Self.extent(corners.map(\.y)))
        // Edges of pictures in memory are far below what an integer holds, and so is their sum.
        size = ImageSize(width: Int(turnedWidth), height: Int(turnedHeight))
        try size.checkResult(of: source, "turned")
        map.move(by: map.of(-(turnedWidth - width) / 2, -(turnedHeight - height) / 2))
        matrix = [map.cosine, map.sine, map.x, -map.sine, map.cosine, map.y]
    }

    /// The whole pixels that hold all values.
    private static func extent(_ values: [Double]) -> Double {
        (values.max() ?? 0).rounded(.up) - (values.min() ?? 0).rounded(.down)
    }
}

/// A rotation and a shift.
private struct Map {
    let cosine: Double
    let sine: Double
    var x = 0.0
    var y = 0.0

    func of(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
        (cosine * x + sine * y + self.x, -sine * x + cosine * y + self.y)
    }

    mutating func move(by place: (x: Double, y: Double)) {
        (x, y) = place
    }
}

extension Double {
    /// Rounded to 15 decimals, as Python rounds a number between −1 and 1: by its exact value, ties to even.
    fileprivate var rounded15: Double {
        let scale = 1e15
        let product = self * scale
        var whole = product.rounded(.toNearestOrEven)
        // Where the rounded product lies halfway, what its rounding lost decides.
        let lost = (-product).addingProduct(self, scale)
        if abs(product - product.rounded(.towardZero)) == 0.5, lost != 0 {
            whole = lost > 0 ? product.rounded(.up) : product.rounded(.down)
        }
        return whole / scale
    }
}
