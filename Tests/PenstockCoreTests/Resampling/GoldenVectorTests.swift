import PenstockCore
import Testing

@Suite("Resampling agrees with other libraries")
struct GoldenVectorTests {
    @Test("bit for bit with Pillow and OpenCV at many sizes", arguments: KernelVariant.available)
    func agreesAtManySizes(variant: KernelVariant) throws {
        for vector in try Vector.all(in: "sizes.txt") {
            let contract = Preprocessing.pixels(vector.target, filter: vector.filter)
            let out = try Resampler.prepare(vector.picture, contract, variant: variant)
            #expect(Checksum.of(out) == vector.checksum, "\(vector.description)")
        }
    }

    @Test("pixel for pixel with whole pictures from Pillow", arguments: KernelVariant.available)
    func agreesInEveryPixel(variant: KernelVariant) throws {
        for vector in try Vector.all(in: "whole.txt") {
            let contract = Preprocessing.pixels(vector.target, filter: vector.filter)
            #expect(try Resampler.prepare(vector.picture, contract, variant: variant) == vector.pixels)
        }
    }

    @Test("in size, offset and pixels for every fit", arguments: KernelVariant.available)
    func agreesForEveryFit(variant: KernelVariant) throws {
        for vector in try Vector.all(in: "fits.txt") {
            let contract = Preprocessing.pixels(vector.target, fit: vector.fit, filter: vector.filter)
            let placement = Placement(of: vector.source, fit: vector.fit, in: vector.target)
            let resized = ImageSize(width: vector.number("resized-width"), height: vector.number("resized-height"))
            #expect(placement.resized == resized, "\(vector.description)")
            #expect([placement.x, placement.y] == [vector.number("x"), vector.number("y")], "\(vector.description)")
            let out = try Resampler.prepare(vector.picture, contract, variant: variant)
            #expect(Checksum.of(out) == vector.checksum, "\(vector.description)")
        }
    }

    @Test("within one with tf.image.resize rounded to 8 bits", arguments: KernelVariant.available)
    func agreesWithTensorFlow(variant: KernelVariant) throws {
        for vector in try Vector.all(in: "tensorflow.txt") {
            let contract = Preprocessing.pixels(vector.target, filter: .opencvBilinear)
            let out = try Resampler.prepare(vector.picture, contract, variant: variant)
            let difference = zip(out, vector.pixels).map { abs(Int($0) - Int($1)) }.max()
            #expect(difference! <= 1, "\(vector.description)")
        }
    }
}

extension Vector {
    fileprivate var fit: Fit {
        self["fit"] == "cover"
            ? .cover(cropFraction: Double(self["value"])!, rounding: CropRounding(rawValue: self["rounding"])!)
            : .contain(pad: UInt8(self["value"])!)
    }
}
