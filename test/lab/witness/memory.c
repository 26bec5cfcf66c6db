#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/mman.h>

#include "witness.h"

#define MIB (1024 * 1024)
#define PAGE 4096
#define SLICE_MS 10

static uint64_t *pattern;
static unsigned pattern_size_mib;
static uint64_t pattern_seed;

static pthread_mutex_t load_lock = PTHREAD_MUTEX_INITIALIZER;
static uint8_t *load;
static unsigned load_size_mib;
static double load_rate;
static _Atomic uint64_t load_pages_written;

static void *allocate(unsigned mib) {
  void *memory = mmap(0, (size_t)mib * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  return memory == MAP_FAILED ? 0 : memory;
}

static uint64_t mix(uint64_t value) {
  value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9ull;
  value = (value ^ value >> 27) * 0x94D049BB133111EBull;
  return value ^ value >> 31;
}

static uint64_t seed_from_boot_id(void) {
  uint64_t seed = 0;
  for (const char *letter = boot_id(); *letter; letter++) seed = mix(seed + (uint8_t)*letter);
  return seed;
}

int pattern_fill(unsigned mib) {
  if (pattern) munmap(pattern, (size_t)pattern_size_mib * MIB);
  pattern_size_mib = 0;
  pattern = mib == 0 ? 0 : allocate(mib);
  if (mib != 0 && pattern == 0) return ENOMEM;
  pattern_size_mib = mib;
  pattern_seed = seed_from_boot_id();
  for (size_t i = 0; i < (size_t)mib * MIB / sizeof *pattern; i++) pattern[i] = mix(pattern_seed + i);
  return 0;
}

unsigned pattern_mib(void) { return pattern_size_mib; }

int pattern_verify(void) {
  for (size_t i = 0; i < (size_t)pattern_size_mib * MIB / sizeof *pattern; i++) {
    if (pattern[i] != mix(pattern_seed + i)) return 0;
  }
  return 1;
}

/* Every write changes bytes in each 512-byte part of its page: equal bytes rewritten are not seen by all ways of counting. */
static void write_page(uint64_t number) {
  uint64_t pages = (uint64_t)load_size_mib * (MIB / PAGE);
  uint8_t *page = load + number % pages * PAGE;
  for (int offset = 0; offset < PAGE; offset += 512) *(uint64_t *)(page + offset) = mix(number * 8 + offset / 512);
}

static void *run(void *unused) {
  double owed = 0; /* pages */
  uint64_t last = monotonic_us();
  for (;;) {
    sleep_ms(SLICE_MS);
    uint64_t now = monotonic_us();
    pthread_mutex_lock(&load_lock);
    owed += load_rate * (MIB / PAGE) * (now - last) / 1e6;
    /* What could not be written within a second is given up: a burst after a pause would not be the rate asked for. */
    if (owed > load_rate * (MIB / PAGE)) owed = load_rate * (MIB / PAGE);
    for (; owed >= 1; owed--) write_page(load_pages_written++);
    pthread_mutex_unlock(&load_lock);
    last = now;
  }
  return unused;
}

void memory_start(void) {
  pthread_t thread;
  if (pthread_create(&thread, 0, run, 0)) fail("start the memory load");
}

static void resize_load(unsigned mib) {
  if (load) munmap(load, (size_t)load_size_mib * MIB);
  load = mib == 0 ? 0 : allocate(mib);
  load_size_mib = load ? mib : 0;
}

int dirty_set(double mib_per_second, unsigned working_set_mib) {
  if (mib_per_second < 0 || (mib_per_second > 0 && working_set_mib == 0)) return EINVAL;
  pthread_mutex_lock(&load_lock);
  if (working_set_mib != load_size_mib) resize_load(working_set_mib);
  load_rate = load ? mib_per_second : 0;
  pthread_mutex_unlock(&load_lock);
  return working_set_mib != 0 && load == 0 ? ENOMEM : 0;
}

double dirty_rate(void) { return load_rate; }
unsigned dirty_working_set(void) { return load_size_mib; }
double dirty_written_mib(void) { return load_pages_written * (double)PAGE / MIB; }
