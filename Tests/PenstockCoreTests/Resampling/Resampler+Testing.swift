import PenstockCore

extension Resampler {
    /// Prepares a picture given in blocks of rows, in the order of `blocks`, and checks that nothing around the slot
    /// was touched.
    ///
    /// Each block is copied to memory of its exact size, so that the address sanitizer sees reads past its end.
    func prepare(_ picture: TestPicture, blocks: [Range<Int>]? = nil, padding: Int = 0) throws -> [UInt8] {
        let rowBytes = picture.size.width * 3
        let stride = rowBytes + padding
        try begin(picture.size, .rgb)
        for rows in blocks ?? [0..<picture.size.height] {
            let block = UnsafeMutableRawBufferPointer.allocate(
                byteCount: (rows.count - 1) * stride + rowBytes,
                alignment: 1
            )
            defer { block.deallocate() }
            for (index, row) in rows.enumerated() {
                let source = picture.pixels[row * rowBytes..<(row + 1) * rowBytes]
                UnsafeMutableRawBufferPointer(rebasing: block[(index * stride)...]).copyBytes(from: source)
            }
            take(UnsafeRawBufferPointer(block), stride: stride, first: rows.lowerBound, count: rows.count)
        }
        return finishGuarded()
    }

    /// Finishes into memory of its own, between two guards.
    private func finishGuarded() -> [UInt8] {
        let guardBytes = 64
        let count = preprocessing.byteCount
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: count + 2 * guardBytes, alignment: 64)
        defer { memory.deallocate() }
        memory.initializeMemory(as: UInt8.self, repeating: 0xA5)
        finish(into: UnsafeMutableRawBufferPointer(rebasing: memory[guardBytes..<guardBytes + count]))
        let intact =
            memory[..<guardBytes].allSatisfy { $0 == 0xA5 } && memory[(guardBytes + count)...].allSatisfy { $0 == 0xA5 }
        precondition(intact, "the resampler wrote outside its slot")
        return Array(memory[guardBytes..<guardBytes + count])
    }

    /// Prepares a picture that is a single block, with a resampler of its own.
    static func prepare(
        _ picture: TestPicture,
        _ preprocessing: Preprocessing,
        variant: KernelVariant = .fastest
    ) throws -> [UInt8] {
        try Resampler(preprocessing, variant: variant).prepare(picture)
    }
}

extension Preprocessing {
    /// Pixels as they are, so that tests compare with other libraries' pictures.
    static func pixels(_ size: ImageSize, fit: Fit = .stretch, filter: ResamplingFilter) -> Preprocessing {
        Preprocessing(size: size, fit: fit, filter: filter, elementType: .uint8)
    }
}
