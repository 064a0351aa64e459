import PenstockCore
import Testing

@Suite struct PlacementTests {
    @Test func stretchTakesTheTargetWhole() {
        let placement = Placement(of: ImageSize(width: 640, height: 480), fit: .stretch, in: ImageSize(side: 299))
        #expect(placement.resized == ImageSize(side: 299))
        #expect(placement.x == 0 && placement.y == 0)
    }

    @Test func coverCutsTheMiddleOut() {
        let fit = Fit.cover(cropFraction: 0.875)
        let placement = Placement(of: ImageSize(width: 500, height: 375), fit: fit, in: ImageSize(side: 224))
        #expect(placement.resized == ImageSize(width: 341, height: 256))
        #expect(placement.x == 58 && placement.y == 16)
    }

    @Test(arguments: [(CropRounding.down, 1), (.halfToEven, 2)])
    func oddPixelOfAMarginGoesWhereTheRoundingSays(rounding: CropRounding, x: Int) {
        let placement = Placement(
            of: ImageSize(width: 13, height: 10),
            fit: .cover(rounding: rounding),
            in: ImageSize(side: 10)
        )
        #expect(placement.x == x)
    }

    @Test(arguments: [(CropRounding.down, -2), (.halfToEven, -1)])
    func oddPixelOfAPaddingGoesWhereTheRoundingSays(rounding: CropRounding, x: Int) {
        // A fraction above one leaves the resized picture smaller than the input: 7 of 10 pixels.
        let fit = Fit.cover(cropFraction: 1.4, rounding: rounding)
        let placement = Placement(of: ImageSize(side: 7), fit: fit, in: ImageSize(side: 10))
        #expect(placement.resized == ImageSize(side: 7))
        #expect(placement.x == x)
    }

    @Test func containCentresThePicture() {
        let placement = Placement(
            of: ImageSize(width: 640, height: 480),
            fit: .contain(pad: 0),
            in: ImageSize(side: 300)
        )
        #expect(placement.resized == ImageSize(width: 300, height: 225))
        // Half of 75 is a tie, and goes to the even 38.
        #expect(placement.x == 0 && placement.y == -38)
    }

    @Test func sliversKeepAPixel() {
        let placement = Placement(of: ImageSize(width: 9000, height: 1), fit: .contain(pad: 0), in: ImageSize(side: 8))
        #expect(placement.resized == ImageSize(width: 8, height: 1))
    }
}
