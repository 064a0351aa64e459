/// Which Penstock this is.
package enum PenstockVersion {
    /// The version, as `--version` prints it.
    package static let current = "0.1.0"
}
