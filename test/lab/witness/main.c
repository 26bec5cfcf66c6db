/* Start-up of the guest: file systems, drivers, network, then the witness's threads. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "witness.h"

static char boot[64];

const char *boot_id(void) { return boot; }

/* The kernel panics when process 1 ends, and the guest restarts: a failure is seen on the console and by the absence of answers. */
void fail(const char *what) {
  fprintf(stderr, "witness: %s: %s\n", what, strerror(errno));
  sleep_ms(1000);
  exit(1);
}

static void mount_all(void) {
  mkdir("/proc", 0755);
  mkdir("/sys", 0755);
  if (mount("proc", "/proc", "proc", 0, 0) || mount("sysfs", "/sys", "sysfs", 0, 0)) fail("mount /proc and /sys");
  if (mount("dev", "/dev", "devtmpfs", 0, 0)) fail("mount /dev");
}

/* /modules holds drivers named NN-name.ko, to be loaded in that order. */
static void load_drivers(void) {
  struct dirent **entries;
  int count = scandir("/modules", &entries, 0, alphasort);
  if (count < 0) fail("list /modules");
  for (int i = 0; i < count; i++) {
    if (entries[i]->d_name[0] == '.') continue;
    char path[300];
    snprintf(path, sizeof path, "/modules/%s", entries[i]->d_name);
    int file = open(path, O_RDONLY);
    if (file < 0 || (syscall(SYS_finit_module, file, "", 0) && errno != EEXIST)) fail(path);
    close(file);
  }
}

static void read_boot_id(void) {
  int file = open("/proc/sys/kernel/random/boot_id", O_RDONLY);
  ssize_t length = file < 0 ? -1 : read(file, boot, sizeof boot - 1);
  if (length < 0) fail("read the boot id");
  boot[strcspn(boot, "\n")] = 0;
  close(file);
}

static void wait_for(const char *path) {
  for (int i = 0; access(path, F_OK); i++) {
    if (i == 500) fail(path);
    sleep_ms(10);
  }
}

/* The first disk always; of the others, those that have the same second partition. */
static void start_records(void) {
  char device[] = "/dev/vda2";
  records_start(device);
  for (device[7] = 'b'; device[7] <= 'h'; device[7]++) {
    if (access(device, F_OK) == 0) records_start(device);
  }
}

int main(void) {
  mount_all();
  load_drivers();
  read_boot_id();
  wait_for("/dev/vda2");
  wait_for("/sys/class/net/eth0");
  memory_start();
  if (pattern_fill(PATTERN_AT_BOOT_MIB)) fail("fill the memory pattern");
  start_records();
  power_start();
  const char *address = network_start();
  clock_start(server_beat);
  printf("witness ready at %s\n", address);
  fflush(stdout);
  server_run();
}
