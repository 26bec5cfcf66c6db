/*
 * Two processes that wake each other every FLUSH_MS, so that the processor changes its address space and QEMU empties its
 * translation buffer.
 *
 * QEMU before 9.0, without KVM, forgets to do so when a migration reads the list of changed pages (fixed by its commit
 * 03bfc2188f06, "physmem: Fix migration dirty bitmap coherency with TCG memory access"): a store through an entry of the
 * buffer is then not noticed, and the page arrives at the destination as it was before. A guest that consists of one
 * process keeps its entries for seconds, and did not survive about every tenth move under load.
 */
#include <unistd.h>

#include "witness.h"

#define FLUSH_MS 2

static void wake_other(int to) {
  for (;;) {
    sleep_ms(FLUSH_MS);
    if (write(to, "", 1) != 1) fail("wake the other process");
  }
}

static void be_woken(int from) {
  char byte;
  for (;;) {
    if (read(from, &byte, 1) != 1) fail("be woken");
  }
}

static void start(void (*body)(int), int end) {
  pid_t child = fork();
  if (child < 0) fail("start a flushing process");
  if (child == 0) body(end);
}

void flush_start(void) {
  int ends[2];
  if (pipe(ends)) fail("make a pipe");
  start(wake_other, ends[1]);
  start(be_woken, ends[0]);
}
