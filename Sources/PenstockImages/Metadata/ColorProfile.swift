import PenstockCore

/// Looks at the header of an ICC profile.
enum ColorProfile {
    /// More than any profile of a picture has.
    static let mostBytes = 16 << 20
    private static let headerBytes = 128

    /// Whether this is a profile that is all there.
    static func isSound(_ profile: [UInt8]) -> Bool {
        guard profile.count >= headerBytes, profile.count <= mostBytes else { return false }
        guard let length = profile.span.big32(at: 0), length <= profile.count else { return false }
        return profile.span.has("acsp", at: 36)
    }

    /// Whether the profile is for pixels of this layout.
    static func fits(_ profile: [UInt8], _ layout: PixelLayout) -> Bool {
        switch layout {
        case .gray: profile.span.has("GRAY", at: 16)
        case .rgb, .rgba: profile.span.has("RGB ", at: 16)
        }
    }
}
