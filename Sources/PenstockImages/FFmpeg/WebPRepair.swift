import Glibc
import PenstockCore

/// Leaves nothing of a WebP but its first picture, since FFmpeg reads no animation.
@safe
struct WebPRepair {
    /// The file, and room behind it.
    private let room: UnsafeMutableRawBufferPointer
    private let count: Int

    init(_ room: UnsafeMutableRawBufferPointer, count: Int) {
        unsafe self.room = unsafe room
        self.count = count
    }

    /// Where the first chunk of a file begins.
    private static let firstChunk = 12
    /// The bytes of the chunk that announces opacity, its own header included.
    private static let announcementBytes = 18

    /// Moves the coded colours to the front, behind their opacity if that is given, and returns how many bytes are left.
    ///
    /// Opacity needs a chunk in front that announces it; where a file has no room for that, it is left out.
    func keep(_ colors: WebPChunk, _ alpha: WebPChunk?) -> Int {
        var end = Self.firstChunk
        if let alpha, alpha.offset >= Self.firstChunk + Self.announcementBytes, alpha.next <= colors.offset,
            // The span does not outlive this line.
            let size = unsafe colors.codedSize(room.file(count).span)
        {
            announceAlpha(width: size.width, height: size.height)
            end = move(alpha, to: end + Self.announcementBytes)
        }
        end = move(colors, to: end)
        // Behind the data there is the padding that FFmpeg asks for.
        for index in unsafe end..<min(end + 64, room.count) { unsafe room[index] = 0 }
        // A file has at least the twelve bytes in front of its chunks.
        unsafe room.storeBytes(of: UInt32(end - 8).littleEndian, toByteOffset: 4, as: UInt32.self)
        return end
    }

    /// Moves a chunk towards the front and returns where the next one goes; one that was cut ends where the data do.
    private func move(_ chunk: WebPChunk, to offset: Int) -> Int {
        let content = min(chunk.end, count) - chunk.start
        let end = offset + 8 + content
        // Both places are inside the file's bytes, which may overlap; the padding has room for one byte more.
        unsafe memmove(room.baseAddress! + offset, room.baseAddress! + chunk.offset, 8 + content)
        unsafe room.storeBytes(of: UInt32(content).littleEndian, toByteOffset: offset + 4, as: UInt32.self)
        if content % 2 == 1 { unsafe room[end] = 0 }
        return end + content % 2
    }

    /// Writes the extended header: a flag, and a canvas of the picture's own size.
    private func announceAlpha(width: Int, height: Int) {
        let edges = [width - 1, height - 1].flatMap { [$0 & 255, $0 >> 8 & 255, $0 >> 16] }
        let header: [UInt8] = [0x56, 0x50, 0x38, 0x58, 10, 0, 0, 0, 0x10, 0, 0, 0] + edges.map { UInt8($0 & 255) }
        for (index, byte) in header.enumerated() {
            // The chunks to be moved begin behind the header, as `keep` saw.
            unsafe room[Self.firstChunk + index] = byte
        }
    }
}
