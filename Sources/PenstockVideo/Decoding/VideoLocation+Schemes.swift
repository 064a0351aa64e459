extension VideoLocation {
    /// What addresses may begin with.
    static let schemes = ["http", "https", "rtsp", "rtsps", "rtmp", "rtmps", "udp", "tcp", "rtp", "srt"]

    /// The part of an address before `://`, in lower case; `nil` where there is none.
    static func scheme(of address: String) -> String? {
        guard let colon = address.firstIndex(of: ":"), address[colon...].hasPrefix("://") else { return nil }
        return address[..<colon].lowercased()
    }

    /// The protocol of an address that video is read from, in lower case; `nil` for a path.
    package static func scheme(ofKnown text: String) -> String? {
        scheme(of: text).flatMap { schemes.contains($0) ? $0 : nil }
    }
}
