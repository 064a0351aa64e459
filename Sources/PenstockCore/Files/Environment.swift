internal import Glibc

/// An environment variable's value, if it is set and not empty.
package func environment(_ name: String) -> String? {
    // `getenv` returns memory that stays put as long as nobody changes the environment, which nothing here does.
    unsafe getenv(name).map { unsafe String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
}
