internal import Glibc

/// A value behind a lock that dedicated threads can also wait on.
///
/// `Mutex` of the standard library has no condition variable, and the loader threads of a pipeline must sleep until
/// there is something to do. Tasks may call `withLock`, whose body is always short; only dedicated threads may `wait`.
@safe package final class Monitor<State> {
    private var state: State
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let conditions: UnsafeMutablePointer<pthread_cond_t>

    /// Makes a monitor over a first state.
    package init(_ state: sending State) {
        self.state = state
        unsafe mutex = .allocate(capacity: 1)
        unsafe conditions = .allocate(capacity: Waiter.allCases.count)
        // Both pointers are ours alone from here to deinit, and never move.
        unsafe pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        unsafe pthread_condattr_init(&attributes)
        // Deadlines are measured on a clock that nobody can set.
        unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        for waiter in Waiter.allCases { unsafe pthread_cond_init(conditions + waiter.rawValue, &attributes) }
        unsafe pthread_condattr_destroy(&attributes)
    }

    deinit {
        // No thread can hold the lock: each would hold a reference to this object.
        for waiter in Waiter.allCases { unsafe pthread_cond_destroy(conditions + waiter.rawValue) }
        unsafe pthread_mutex_destroy(mutex)
        unsafe conditions.deallocate()
        unsafe mutex.deallocate()
    }
}

/// The two kinds of thread that wait on a monitor, woken apart so that neither wakes for nothing.
package enum Waiter: Int, CaseIterable, Sendable {
    /// Threads that bring work.
    case source
    /// Threads that do it.
    case loaders
}

extension Monitor {
    /// Runs `body` with the lock held.
    package func withLock<Result, Failure: Error>(
        _ body: (inout State) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // Locks and unlocks in pairs, on a mutex that lives as long as self.
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return try body(&state)
    }

    /// Wakes every waiting thread of a kind, so that each looks at the state again.
    package func wakeAll(_ waiter: Waiter) {
        // Signalling without the lock is allowed, once what waiters look for has been changed under it.
        unsafe pthread_cond_broadcast(conditions + waiter.rawValue)
    }

    /// Wakes one waiting thread of a kind: enough where what has changed is of use to one alone.
    package func wakeOne(_ waiter: Waiter) {
        // As above.
        unsafe pthread_cond_signal(conditions + waiter.rawValue)
    }

    /// Sleeps, as a waiter of the given kind, until `body` returns a value.
    ///
    /// `body` runs under the lock each time the thread is woken. It may return a time at which it wants to be asked
    /// again although nothing woke it.
    package func wait<Result>(_ waiter: Waiter, _ body: (inout State) -> Waiting<Result>) -> Result {
        // The same pairing as in `withLock`; the condition gives the lock up only while this thread sleeps.
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        while true {
            switch body(&state) {
            case .ready(let result): return result
            case .until(nil): unsafe pthread_cond_wait(conditions + waiter.rawValue, mutex)
            case .until(let time?): sleep(waiter, until: time)
            }
        }
    }

    private func sleep(_ waiter: Waiter, until time: MonotonicTime) {
        var deadline = timespec(
            tv_sec: Int(time.nanoseconds / 1_000_000_000),
            tv_nsec: Int(time.nanoseconds % 1_000_000_000)
        )
        // Called by `wait` with the lock held.
        unsafe pthread_cond_timedwait(conditions + waiter.rawValue, mutex, &deadline)
    }
}

/// What a waiting thread found when it looked.
package enum Waiting<Result> {
    /// What it waited for.
    case ready(Result)
    /// Nothing yet: look again when woken, and at the given time if there is one.
    case until(MonotonicTime?)
}

/// Only one thread at a time reaches the state, through the lock.
extension Monitor: @unchecked Sendable where State: Sendable {}
