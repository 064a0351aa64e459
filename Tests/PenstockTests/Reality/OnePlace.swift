@testable import Penstock

/// The place of a picture that one model looks at, in memory of the test's own.
struct OnePlace: PicturePlace {
    let memory: UnsafeMutableRawBufferPointer

    func slot(of member: Int) -> UnsafeMutableRawBufferPointer { memory }
}
