package import PenstockCore

/// Where the bytes of a picture are.
package enum PictureBytes: Hashable, Sendable {
    /// In a file, which is read again when the picture is drawn on.
    case file(FilePath)
    /// Here.
    case memory([UInt8])

    /// The file that must not be written over.
    var path: FilePath? {
        if case .file(let path) = self { path } else { nil }
    }
}
