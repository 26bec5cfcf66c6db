/*
 * A ring of 4 KiB records on each of some raw partitions. Record number n (from 1) lies in slot (n - 1) mod slots. A record counts as
 * written only after the disk acknowledged it (O_DIRECT and O_DSYNC); everything acknowledged must be readable ever after.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "witness.h"

#define RECORD_BYTES 4096
#define BATCH 64
#define MAGIC 0x3152545645524557ull

struct record {
  uint64_t magic;
  uint64_t sequence;
  uint64_t counter;
  uint64_t written_at_us;
  char boot[40];
  uint8_t filler[RECORD_BYTES - 76];
  uint32_t checksum; /* CRC-32 of all bytes before it */
};
_Static_assert(sizeof(struct record) == RECORD_BYTES, "a record fills its slot");

#define RINGS 8

struct ring {
  int disk;
  uint64_t slots;
  uint64_t recovered;
  _Atomic uint64_t acknowledged;
  _Atomic uint64_t errors;
};

static struct ring rings[RINGS];
static int ring_count;
static uint32_t crc_table[256];

static void *aligned(size_t bytes) {
  void *memory = 0;
  if (posix_memalign(&memory, RECORD_BYTES, bytes)) fail("allocate a disk buffer");
  return memory;
}

static void fill_crc_table(void) {
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t value = i;
    for (int bit = 0; bit < 8; bit++) value = value & 1 ? 0xEDB88320u ^ value >> 1 : value >> 1;
    crc_table[i] = value;
  }
}

static uint32_t crc32(const void *data, size_t length) {
  const uint8_t *byte = data;
  uint32_t value = ~0u;
  while (length--) value = crc_table[(value ^ *byte++) & 255] ^ value >> 8;
  return ~value;
}

/* Valid and, unless `sequence` is 0, the very record wanted. */
static int is_valid(const struct record *record, uint64_t sequence) {
  if (record->magic != MAGIC || (sequence != 0 && record->sequence != sequence)) return 0;
  return record->checksum == crc32(record, offsetof(struct record, checksum));
}

static uint64_t sequence_in(const struct ring *ring, uint64_t slot, struct record *buffer) {
  if (pread(ring->disk, buffer, RECORD_BYTES, slot * RECORD_BYTES) != RECORD_BYTES) fail("read a record");
  return is_valid(buffer, 0) ? buffer->sequence : 0;
}

/* The last record on the disk. The first slot tells the round; within it the slots written form a prefix, found by halving. */
static uint64_t find_last(const struct ring *ring) {
  struct record *buffer = aligned(RECORD_BYTES);
  uint64_t first = sequence_in(ring, 0, buffer), written = first == 0 ? 0 : 1, unwritten = ring->slots;
  while (first != 0 && unwritten - written > 0) {
    uint64_t middle = (written + unwritten) / 2;
    if (sequence_in(ring, middle, buffer) == first + middle) written = middle + 1;
    else unwritten = middle;
  }
  free(buffer);
  return first == 0 ? 0 : first + written - 1;
}

static void compose(struct record *record, uint64_t sequence) {
  record->magic = MAGIC;
  record->sequence = sequence;
  record->counter = clock_counter();
  record->written_at_us = monotonic_us();
  memcpy(record->boot, boot_id(), sizeof record->boot);
  uint64_t state = sequence * 0x9E3779B97F4A7C15ull;
  for (size_t i = 0; i < sizeof record->filler; i++) {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    record->filler[i] = state >> 56;
  }
  record->checksum = crc32(record, offsetof(struct record, checksum));
}

static void *run(void *argument) {
  struct ring *ring = argument;
  struct record *record = aligned(RECORD_BYTES);
  for (;;) {
    uint64_t next = ring->acknowledged + 1;
    compose(record, next);
    if (pwrite(ring->disk, record, RECORD_BYTES, (next - 1) % ring->slots * RECORD_BYTES) == RECORD_BYTES) ring->acknowledged = next;
    else ring->errors++;
    sleep_ms(RECORD_INTERVAL_MS);
  }
  return argument;
}

void records_start(const char *device) {
  struct ring *ring = &rings[ring_count];
  uint64_t bytes = 0;
  pthread_t thread;
  fill_crc_table();
  ring->disk = open(device, O_RDWR | O_DIRECT | O_DSYNC);
  if (ring->disk < 0 || ioctl(ring->disk, BLKGETSIZE64, &bytes)) fail(device);
  ring->slots = bytes / RECORD_BYTES;
  ring->recovered = find_last(ring);
  ring->acknowledged = ring->recovered;
  ring_count++;
  if (pthread_create(&thread, 0, run, ring)) fail("start the record writer");
}

uint64_t records_written(void) {
  uint64_t sum = 0;
  for (int i = 0; i < ring_count; i++) sum += rings[i].acknowledged;
  return sum;
}

uint64_t records_recovered(void) {
  uint64_t sum = 0;
  for (int i = 0; i < ring_count; i++) sum += rings[i].recovered;
  return sum;
}

uint64_t records_errors(void) {
  uint64_t sum = 0;
  for (int i = 0; i < ring_count; i++) sum += rings[i].errors;
  return sum;
}

/* How many of the records from `sequence` on one read can take: up to BATCH, not past `last`, not past the end of the ring. */
static uint64_t batch_size(const struct ring *ring, uint64_t sequence, uint64_t last) {
  uint64_t size = last - sequence + 1, to_end = ring->slots - (sequence - 1) % ring->slots;
  if (size > BATCH) size = BATCH;
  return size < to_end ? size : to_end;
}

static void note_bad(struct record_check *check, uint64_t sequence) {
  if (check->bad++ == 0) check->first_bad = sequence;
}

/* Reads back all that the ring still holds, except the slots that the writer may reach meanwhile. */
static void verify(const struct ring *ring, struct record_check *check) {
  struct record *buffer = aligned(BATCH * RECORD_BYTES);
  uint64_t last = ring->acknowledged, kept = ring->slots - 10 * BATCH;
  for (uint64_t sequence = last > kept ? last - kept + 1 : 1, size; sequence <= last; sequence += size) {
    size = batch_size(ring, sequence, last);
    ssize_t length = size * RECORD_BYTES;
    int readable = pread(ring->disk, buffer, length, (sequence - 1) % ring->slots * RECORD_BYTES) == length;
    for (uint64_t i = 0; i < size; i++) {
      if (!readable || !is_valid(&buffer[i], sequence + i)) note_bad(check, sequence + i);
    }
    check->checked += size;
  }
  free(buffer);
}

struct record_check records_verify(void) {
  struct record_check check = {0, 0, 0};
  for (int i = 0; i < ring_count; i++) verify(&rings[i], &check);
  return check;
}
