/// Changes a copy of a file so that FFmpeg's decoders treat it as Pillow's do.
enum PictureRepair {
    /// Mends `count` bytes in place, with room behind them, and returns how many there are then.
    static func mend(
        _ room: UnsafeMutableRawBufferPointer,
        count: Int,
        _ format: PictureFormat,
        _ header: StillHeader
    ) -> Int {
        // The span ends where the file does, and is not used after the memory changes.
        let file = unsafe UnsafeBufferPointer(UnsafeMutableBufferPointer(rebasing: room.bytes8[..<count])).span
        switch format {
        case .gif:
            if let flags = GIFBlocks(file).controlFlags, flags < count {
                // A transparent pixel shows its palette's colour, as it does where alpha is dropped.
                unsafe room[flags] &= 0xFE
            }
            return count
        case .png where !header.isWhole: return unsafe close(png: room, cut: cut(png: file), count: count)
        case .webp where !header.isWhole: return unsafe shrink(webp: room, file, count: count)
        default: return count
        }
    }

    /// Where the chunk starts whose content or sum is not all there.
    private static func cut(png file: Span<UInt8>) -> Int {
        var offset = 8
        while let chunk = PNGChunk(file, at: offset), chunk.isWhole { offset = chunk.end + 4 }
        return offset
    }

    /// Ends a PNG that was cut: its last chunk holds what there is, and a closing chunk follows.
    private static func close(png room: UnsafeMutableRawBufferPointer, cut: Int, count: Int) -> Int {
        var end = min(cut, count)
        if count - cut > 8 {
            unsafe room.storeBytes(of: UInt32(count - cut - 8).bigEndian, toByteOffset: cut, as: UInt32.self)
            // The sum of the cut chunk is not checked again, so the zeros behind the data serve.
            end = count + 4
        }
        let closing: [UInt8] = [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82]
        for (index, byte) in closing.enumerated() {
            unsafe room[end + index] = byte
        }
        return end + 12
    }

    /// Makes the lengths of a WebP that was cut end where its data do.
    private static func shrink(webp room: UnsafeMutableRawBufferPointer, _ file: Span<UInt8>, count: Int) -> Int {
        let last = WebPChunk.chunks(in: file, from: 12, to: count).last
        guard let last, last.end > count, count >= 20 else { return count }
        unsafe room.storeBytes(of: UInt32(count - 8).littleEndian, toByteOffset: 4, as: UInt32.self)
        let left = UInt32(count - last.start)
        unsafe room.storeBytes(of: left.littleEndian, toByteOffset: last.offset + 4, as: UInt32.self)
        return count
    }
}

extension UnsafeMutableRawBufferPointer {
    fileprivate var bytes8: UnsafeMutableBufferPointer<UInt8> {
        unsafe assumingMemoryBound(to: UInt8.self)
    }
}
