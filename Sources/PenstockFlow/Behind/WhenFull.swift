/// What happens to work for a queue that is full.
package enum WhenFull: Hashable, Sendable {
    /// Whoever brings it waits for room: nothing is lost.
    case wait
    /// It is dropped and counted: nobody waits.
    case drop
}
