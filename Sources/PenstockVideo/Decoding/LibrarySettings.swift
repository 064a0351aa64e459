internal import CFFmpeg

/// Named settings for FFmpeg's libraries, which take out what they understand.
@safe final class LibrarySettings {
    var dictionary: OpaquePointer?

    init(_ settings: [(name: String, value: String)] = []) {
        for (name, value) in settings { set(name, value) }
    }

    deinit {
        // The dictionary is this object's own.
        unsafe av_dict_free(&dictionary)
    }

    func set(_ name: String, _ value: String) {
        // The dictionary copies both strings.
        unsafe av_dict_set(&dictionary, name, value, 0)
    }
}
