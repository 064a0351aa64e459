import PenstockCore
import PenstockImages
import TestClips
import Testing

@testable import PenstockVideo

@Suite struct StreamOrientationTests {
    @Test(arguments: [
        (1, 0, 0, 1, Orientation.upright), (-1, 0, 0, 1, .mirrored), (-1, 0, 0, -1, .halfTurn), (1, 0, 0, -1, .flipped),
        (0, 1, 1, 0, .transposed), (0, 1, -1, 0, .quarterTurn), (0, -1, -1, 0, .transversed),
        (0, -1, 1, 0, .threeQuarterTurn),
    ])
    func `a display matrix becomes the nearest quarter turn`(
        matrix: (Int32, Int32, Int32, Int32, Orientation)
    ) {
        let unit: Int32 = 1 << 16
        let found = Orientation(
            displayMatrix: (matrix.0 * unit + 9, matrix.1 * unit - 7, matrix.2 * unit + 5, matrix.3 * unit - 3)
        )
        #expect(found == matrix.4)
    }

    @Test func `a telephone's video stands upright`() throws {
        let flat = try Clips.make("flat.mp4", Clips.source("96x64", seconds: 0.4) + ComparedClip.x264)
        // This version of the program writes the matrix of the opposite turn, and turns the clip by it: clockwise.
        let path = try Clips.make("tall.mp4", ["-i", flat, "-c", "copy", "-metadata:s:v", "rotate=270"])
        let decoded = try DecodedClip(path)
        #expect(decoded.description.rotation == 90)
        #expect(decoded.description.size == ImageSize(width: 64, height: 96))
        #expect(decoded.sizes.allSatisfy { $0 == ImageSize(width: 64, height: 96) })
        #expect(decoded.frames == (try DecodedClip(flat)).frames)
    }
}
