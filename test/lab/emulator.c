/*
 * Starts QEMU with PADDING bytes more guest memory than libvirt asks for, and changes nothing else.
 *
 * QEMU before 9.0 without KVM loses changed pages in a migration: when it reads the list of changed pages of a memory block
 * in whole words (64 pages), it forgets to empty the translation buffer (fixed by its commit 03bfc2188f06, "physmem: Fix
 * migration dirty bitmap coherency with TCG memory access"). It does that only for blocks whose length is a multiple of 64
 * pages, and is right for all others, page by page. libvirt rounds the memory of a guest to whole MiB, so the odd length
 * has to be given here.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* QEMU rounds the memory of a machine up to a multiple of this. */
#define PADDING 8192
#define SIZE_KEY "\"size\":"

static char *printed(const char *format, const char *before, int before_length, uint64_t number, const char *after) {
  char *text;
  if (asprintf(&text, format, before_length, before, number, after) < 0) exit(127);
  return text;
}

/* "-m 256" is in MiB, "-m size=262144k" says so. */
static char *pad_memory(const char *value) {
  int sized = strncmp(value, "size=", 5) == 0;
  char *rest;
  uint64_t number = strtoull(value + (sized ? 5 : 0), &rest, 10);
  uint64_t bytes = number << (*rest == 'k' ? 10 : 20);
  if (*rest == 'k' || *rest == 'M') rest++;
  return printed("%.*ssize=%" PRIu64 "b%s", "", 0, bytes + PADDING, rest);
}

static char *pad_object(char *value) {
  char *size = strstr(value, SIZE_KEY);
  if (!strstr(value, "\"memory-backend-") || !strstr(value, "\"pc.ram\"") || !size) return value;
  char *rest;
  uint64_t bytes = strtoull(size + strlen(SIZE_KEY), &rest, 10);
  return printed("%.*s" SIZE_KEY "%" PRIu64 "%s", value, (int)(size - value), bytes + PADDING, rest);
}

int main(int count, char **arguments) {
  for (int i = 1; i + 1 < count; i++) {
    if (strcmp(arguments[i], "-m") == 0) arguments[i + 1] = pad_memory(arguments[i + 1]);
    if (strcmp(arguments[i], "-object") == 0) arguments[i + 1] = pad_object(arguments[i + 1]);
  }
  execv(EMULATOR, arguments);
  fprintf(stderr, "%s: %s\n", EMULATOR, strerror(errno));
  return 127;
}
