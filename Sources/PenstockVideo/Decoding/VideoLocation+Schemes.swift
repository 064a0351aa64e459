extension VideoLocation {
    /// What addresses may begin with.
    static let schemes = ["http", "https", "rtsp", "rtsps", "rtmp", "rtmps", "udp", "tcp", "rtp", "srt", "mms"]

    /// The part of an address before `://`, in lower case; `nil` where there is none.
    static func scheme(of address: String) -> String? {
        guard let colon = address.firstIndex(of: ":"), address[colon...].hasPrefix("://") else { return nil }
        return address[..<colon].lowercased()
    }

    /// Whether text is an address that video is read from, rather than a path.
    package static func isAddress(_ text: String) -> Bool {
        scheme(of: text).map(schemes.contains) ?? false
    }
}
