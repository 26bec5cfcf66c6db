/* Disks that are plugged into the running guest, found by their serial as the kernel shows it: 20 characters of it. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "witness.h"

#define SERIAL_LENGTH 20
#define BLOCK_BYTES 65536

static int has_serial(const char *device, const char *serial) {
  char path[300], found[SERIAL_LENGTH + 1] = "";
  snprintf(path, sizeof path, "/sys/block/%s/serial", device);
  int file = open(path, O_RDONLY);
  if (file < 0) return 0;
  ssize_t length = read(file, found, SERIAL_LENGTH);
  close(file);
  return length > 0 && !strncmp(found, serial, SERIAL_LENGTH);
}

/* The disk's device, opened; -1 and ENODEV when the guest has none of that serial. */
static int open_disk(const char *serial) {
  char path[300] = "";
  DIR *devices = opendir("/sys/block");
  for (struct dirent *entry; devices && (entry = readdir(devices)) != 0;) {
    if (has_serial(entry->d_name, serial)) snprintf(path, sizeof path, "/dev/%s", entry->d_name);
  }
  if (devices) closedir(devices);
  errno = ENODEV;
  return path[0] == 0 ? -1 : open(path, O_RDWR | O_DIRECT | O_DSYNC);
}

static void fill(uint32_t *words, unsigned seed) {
  uint64_t state = seed;
  for (size_t i = 0; i < BLOCK_BYTES / sizeof *words; i++) {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    words[i] = state >> 32;
  }
}

static int transfer(int disk, const char *command, void *wanted, void *found) {
  if (!strcmp(command, "write")) return pwrite(disk, wanted, BLOCK_BYTES, 0) == BLOCK_BYTES ? 0 : errno;
  if (strcmp(command, "check")) return EINVAL;
  if (pread(disk, found, BLOCK_BYTES, 0) != BLOCK_BYTES) return errno;
  return memcmp(wanted, found, BLOCK_BYTES) ? EILSEQ : 0;
}

int plugged(const char *serial, const char *command, unsigned seed) {
  int disk = open_disk(serial);
  if (disk < 0) return errno;
  void *wanted = 0, *found = 0;
  if (posix_memalign(&wanted, 4096, BLOCK_BYTES) || posix_memalign(&found, 4096, BLOCK_BYTES)) fail("allocate a disk buffer");
  fill(wanted, seed);
  int error = transfer(disk, command, wanted, found);
  free(wanted);
  free(found);
  close(disk);
  return error;
}
