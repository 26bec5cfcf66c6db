#include <fcntl.h>
#include <linux/input.h>
#include <linux/reboot.h>
#include <pthread.h>
#include <sys/reboot.h>
#include <unistd.h>

#include "witness.h"

void power_off(int restart) {
  sync();
  reboot(restart ? RB_AUTOBOOT : RB_POWER_OFF);
}

static void *run(void *unused) {
  int button = open("/dev/input/event0", O_RDONLY);
  struct input_event event;
  while (button >= 0 && read(button, &event, sizeof event) == sizeof event) {
    if (event.type == EV_KEY && event.code == KEY_POWER && event.value == 1) power_off(0);
  }
  return unused;
}

void power_start(void) {
  pthread_t thread;
  if (pthread_create(&thread, 0, run, 0)) fail("watch the power button");
}
