import Foundation
import PenstockCore

@testable import PenstockImages

/// Operations and pictures that `Scripts/make_operation_fixtures.py` knows by the same names.
enum OperationCases {
    /// Pillow's checksums: by operation, and then by layout.
    static let expected: [String: [String: UInt32]] = {
        let data = try! Data(contentsOf: Fixtures.folder.appendingPathComponent("operations.json"))
        return try! JSONDecoder().decode([String: [String: UInt32]].self, from: data)
    }()

    static let sizes = [
        ImageSize(side: 1), ImageSize(width: 1, height: 7), ImageSize(width: 9, height: 1),
        ImageSize(width: 31, height: 23), ImageSize(width: 64, height: 48), ImageSize(width: 37, height: 150),
        ImageSize(width: 150, height: 20),
    ]

    private static let green = PixelColor(red: 10, green: 200, blue: 90)

    static let operations: [String: PixelOperation] = {
        var cases: [String: PixelOperation] = [
            "gray": .gray,
            "width 20": .resize(Resizing(.width(20))),
            "height 40": .resize(Resizing(.height(40))),
            "inside 40x30": shaped(40, 30, .inside),
            "contain 40x31": shaped(40, 31, .contain),
            "cover 40x31": shaped(40, 31, .cover),
            "flip horizontal": .flip(.horizontal),
            "flip vertical": .flip(.vertical),
            "border 3": .pad(Padding(.border(3), background: .white)),
            "pad 50x50": .pad(Padding(.size(ImageSize(side: 50)), background: green)),
        ]
        for filter in ResamplingFilter.allCases where filter != .opencvBilinear {
            for (width, height) in [(13, 17), (31, 10), (20, 150), (100, 80)] {
                let size = ImageSize(width: width, height: height)
                cases["resize \(filter.rawValue) \(width)x\(height)"] = .resize(Resizing(.size(size), filter: filter))
            }
        }
        for scale in [0.5, 2.3] { cases["scale \(scale)"] = .resize(Resizing(.scale(scale))) }
        for degrees in ["90", "180", "270", "-90", "450", "17", "-33.5", "45", "359.9", "725"] {
            cases["rotate \(degrees)"] = .rotate(degrees: Double(degrees)!)
        }
        for radius in ["0.05", "0.3", "1", "2.5", "7", "40", "3000"] {
            cases["blur \(radius)"] = .blur(radius: Double(radius)!)
        }
        for factor in ["0", "0.3", "0.9", "1", "1.7", "20"] {
            cases["brightness \(factor)"] = .brightness(Double(factor)!)
            cases["contrast \(factor)"] = .contrast(Double(factor)!)
            cases["saturation \(factor)"] = .saturation(Double(factor)!)
        }
        return cases
    }()

    private static func shaped(_ width: Int, _ height: Int, _ shape: Resizing.Shape) -> PixelOperation {
        let size = ImageSize(width: width, height: height)
        return .resize(Resizing(.size(size), shape: shape, filter: .bicubic, background: green))
    }

    /// Noise from a linear congruential generator; a third of the opacity is none, and a third is all.
    static func picture(_ size: ImageSize, _ layout: PixelLayout) -> PixelBuffer {
        var picture = PixelBuffer(size: size, layout: layout)
        var state = UInt32(size.width * 1000 + size.height)
        picture.withMutableBytes { bytes in
            for index in bytes.indices {
                state = state &* 1_664_525 &+ 1_013_904_223
                let value = UInt8(state >> 24)
                let isOpacity = layout == .rgba && index % 4 == 3
                bytes[index] = !isOpacity ? value : value < 85 ? 0 : value > 170 ? 255 : value
            }
        }
        return picture
    }
}

extension PixelLayout {
    /// The name in fixtures.
    var name: String {
        switch self {
        case .gray: "gray"
        case .rgb: "rgb"
        case .rgba: "rgba"
        }
    }
}
