#include "CTensorFlow.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int running;
static bool is_ending;

/// Waits for what is running, and lets nothing begin.
static void end(void) {
    pthread_mutex_lock(&lock);
    is_ending = true;
    while (running > 0) {
        pthread_cond_wait(&changed, &lock);
    }
    pthread_mutex_unlock(&lock);
}

int penstock_tensorflow_end_in_order(void) { return atexit(end); }

void penstock_tensorflow_begin(void) {
    pthread_mutex_lock(&lock);
    while (is_ending) {
        pthread_cond_wait(&changed, &lock);
    }
    running += 1;
    pthread_mutex_unlock(&lock);
}

void penstock_tensorflow_finish(void) {
    pthread_mutex_lock(&lock);
    running -= 1;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}
