// Shows the thread sanitizer what Swift's Mutex does when threads meet at it.
//
// Mutex takes and leaves a free lock in inlined code, which the sanitizer sees. When the lock is taken it calls into
// the Swift runtime, which is not instrumented: the sanitizer then misses that one thread waited for the other, and
// reports what the lock keeps apart as a race. Preloaded, the two functions below stand before the runtime's own, call
// them, and tell the sanitizer. Should a later Swift rename them, nothing here is called and the false reports return.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define swift_method __attribute__((swiftcall))
#define swift_self __attribute__((swift_context))

// Absent in programs without the sanitizer, such as `swift test` itself.
__attribute__((weak)) void __tsan_acquire(void *address);
__attribute__((weak)) void __tsan_release(void *address);

typedef swift_method void lock_function(uint32_t thread, swift_self void *mutex);
typedef swift_method void unlock_function(swift_self void *mutex);

swift_method void lock(uint32_t thread, swift_self void *mutex) __asm__(LOCK);
swift_method void unlock(swift_self void *mutex) __asm__(UNLOCK);

swift_method void lock(uint32_t thread, swift_self void *mutex) {
    ((lock_function *)dlsym(RTLD_NEXT, LOCK))(thread, mutex);
    if (__tsan_acquire) __tsan_acquire(mutex);
}

swift_method void unlock(swift_self void *mutex) {
    if (__tsan_release) __tsan_release(mutex);
    ((unlock_function *)dlsym(RTLD_NEXT, UNLOCK))(mutex);
}
