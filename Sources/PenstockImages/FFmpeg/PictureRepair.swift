import Glibc

/// Changes a copy of a file so that FFmpeg's decoders treat it as Pillow's do.
enum PictureRepair {
    /// Mends `count` bytes in place, with room behind them, and returns how many there are then.
    static func mend(
        _ room: UnsafeMutableRawBufferPointer,
        count: Int,
        _ format: PictureFormat,
        _ header: StillHeader,
        keepsAlpha: Bool
    ) -> Int {
        switch format {
        case .gif:
            if !keepsAlpha, let flags = unsafe GIFBlocks(room.file(count).span).controlFlags, flags < count {
                // A transparent pixel shows its palette's colour, as it does where alpha is dropped.
                unsafe room[flags] &= 0xFE
            }
            return count
        case .png:
            let whole = unsafe strip(png: room, count: count, keepsAlpha: keepsAlpha)
            return header.isWhole ? whole.count : unsafe close(png: room, cut: whole.cut, count: whole.count)
        case .webp:
            guard let frame = unsafe WebPFrame(room.file(count).span) else { return count }
            let alpha = keepsAlpha ? frame.alpha : nil
            return unsafe WebPRepair(room, count: count).keep(frame.chunk, alpha)
        default: return count
        }
    }

    /// Leaves nothing of a PNG but what its colours need, and its opacity if that is wanted, so that a broken profile or
    /// note does no harm.
    ///
    /// - Returns: How many bytes are left, and where the chunk starts that is not all there.
    private static func strip(
        png room: UnsafeMutableRawBufferPointer,
        count: Int,
        keepsAlpha: Bool
    ) -> (count: Int, cut: Int) {
        var (source, end) = (8, 8)
        while let chunk = unsafe PNGChunk(room.file(count).span, at: source), chunk.isWhole {
            let next = chunk.end + 4
            let isAlpha = unsafe keepsAlpha && room.file(count).span.has("tRNS", at: source + 4)
            if chunk.isCritical || isAlpha {
                // Both ranges are inside the file, which may overlap; what is still to be read lies behind both.
                unsafe memmove(room.baseAddress! + end, room.baseAddress! + source, next - source)
                end += next - source
            }
            source = next
        }
        let rest = max(0, count - source)
        // As above.
        if rest > 0 { unsafe memmove(room.baseAddress! + end, room.baseAddress! + source, rest) }
        for index in end + rest..<min(count + 16, end + rest + 128) { unsafe room[index] = 0 }
        return (end + rest, end)
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
}

extension UnsafeMutableRawBufferPointer {
    /// The first `count` bytes, to look at before any of them changes.
    func file(_ count: Int) -> UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(UnsafeMutableBufferPointer(rebasing: assumingMemoryBound(to: UInt8.self)[..<count]))
    }
}
