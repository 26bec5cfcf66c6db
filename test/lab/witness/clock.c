#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "witness.h"

static _Atomic uint64_t counter;
static _Atomic uint64_t max_gap_us;
static void (*tick_listener)(uint64_t);

uint64_t monotonic_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void sleep_ms(unsigned ms) {
  struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = (ms % 1000) * 1000000L};
  nanosleep(&time, 0);
}

uint64_t clock_counter(void) { return counter; }
double clock_max_gap_ms(void) { return max_gap_us / 1000.0; }
void clock_reset_gap(void) { max_gap_us = 0; }

static void *run(void *unused) {
  uint64_t last = monotonic_us();
  for (;;) {
    sleep_ms(TICK_MS);
    uint64_t now = monotonic_us();
    if (now - last > max_gap_us) max_gap_us = now - last;
    last = now;
    tick_listener(++counter);
  }
  return unused;
}

void clock_start(void (*on_tick)(uint64_t)) {
  pthread_t thread;
  tick_listener = on_tick;
  if (pthread_create(&thread, 0, run, 0)) fail("start the clock");
}
