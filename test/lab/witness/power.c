#include <fcntl.h>
#include <linux/input.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/reboot.h>
#include <unistd.h>

#include "witness.h"

#define INPUTS 8

void power_off(int restart) {
  sync();
  reboot(restart ? RB_AUTOBOOT : RB_POWER_OFF);
}

/* The button is one of several input devices, and their order is the kernel's choice: listen to all. Missing ones are -1, which poll ignores. */
static void open_inputs(struct pollfd *inputs) {
  for (int i = 0; i < INPUTS; i++) {
    char path[32];
    snprintf(path, sizeof path, "/dev/input/event%d", i);
    inputs[i] = (struct pollfd){.fd = open(path, O_RDONLY), .events = POLLIN};
  }
}

static void *run(void *unused) {
  struct pollfd inputs[INPUTS];
  struct input_event event;
  open_inputs(inputs);
  for (;;) {
    if (poll(inputs, INPUTS, -1) < 0) continue;
    for (int i = 0; i < INPUTS; i++) {
      if (!(inputs[i].revents & POLLIN) || read(inputs[i].fd, &event, sizeof event) != sizeof event) continue;
      if (event.type == EV_KEY && event.code == KEY_POWER && event.value == 1) power_off(0);
    }
  }
  return unused;
}

void power_start(void) {
  pthread_t thread;
  if (pthread_create(&thread, 0, run, 0)) fail("watch the power button");
}
