/*
 * Questions arrive as one UDP datagram "TOKEN COMMAND [ARGUMENTS]"; the answer is one line of JSON that repeats the token.
 * A question repeated with the same token gets the answer of the first time again, so that a client may repeat until it hears.
 *
 *   status | verify | reset-gap | pattern MIB | dirty MIB_PER_SECOND WORKING_SET_MIB | sync | watch SECONDS | poweroff | reboot
 *   plugged SERIAL write|check SEED | spoof-address ADDRESS | spoof-mac
 *
 * "watch" makes the witness send a beat to the asker on every tick, for that many seconds.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "witness.h"

#define TEXT 1024
#define WATCHERS 8

struct watcher {
  struct sockaddr_in address;
  uint64_t until_us;
};

static int channel = -1;
static pthread_mutex_t watch_lock = PTHREAD_MUTEX_INITIALIZER;
static struct watcher watchers[WATCHERS];
static struct record_check last_check;
static int pattern_ok = 1;

static int same_address(const struct sockaddr_in *left, const struct sockaddr_in *right) {
  return left->sin_addr.s_addr == right->sin_addr.s_addr && left->sin_port == right->sin_port;
}

/* Renews the asker's place, else takes one that has run out. */
static int watch(const struct sockaddr_in *asker, unsigned seconds) {
  uint64_t now = monotonic_us();
  struct watcher *place = 0;
  pthread_mutex_lock(&watch_lock);
  for (int i = 0; i < WATCHERS; i++) {
    if (same_address(&watchers[i].address, asker)) place = &watchers[i];
    else if (place == 0 && watchers[i].until_us < now) place = &watchers[i];
  }
  if (place) *place = (struct watcher){.address = *asker, .until_us = now + seconds * 1000000ull};
  pthread_mutex_unlock(&watch_lock);
  return place ? 0 : EBUSY;
}

void server_beat(uint64_t counter) {
  char text[64];
  uint64_t now = monotonic_us();
  int length = snprintf(text, sizeof text, "{\"beat\":%llu}\n", (unsigned long long)counter);
  pthread_mutex_lock(&watch_lock);
  for (int i = 0; i < WATCHERS; i++) {
    if (watchers[i].until_us < now) continue;
    sendto(channel, text, length, 0, (struct sockaddr *)&watchers[i].address, sizeof watchers[i].address);
  }
  pthread_mutex_unlock(&watch_lock);
}

static void verify(void) {
  last_check = records_verify();
  pattern_ok = pattern_verify();
}

static int obey(const char *command, const char *arguments, const struct sockaddr_in *asker) {
  double rate = 0;
  unsigned number = 0;
  char word[41], deed[11];
  if (!strcmp(command, "status")) return 0;
  if (!strcmp(command, "verify")) return verify(), 0;
  if (!strcmp(command, "reset-gap")) return clock_reset_gap(), 0;
  if (!strcmp(command, "sync")) return sync(), 0;
  if (!strcmp(command, "pattern") && sscanf(arguments, "%u", &number) == 1) return pattern_ok = 1, pattern_fill(number);
  if (!strcmp(command, "dirty") && sscanf(arguments, "%lf %u", &rate, &number) == 2) return dirty_set(rate, number);
  if (!strcmp(command, "watch") && sscanf(arguments, "%u", &number) == 1) return watch(asker, number);
  if (!strcmp(command, "plugged") && sscanf(arguments, "%40s %10s %u", word, deed, &number) == 3) return plugged(word, deed, number);
  if (!strcmp(command, "spoof-address") && sscanf(arguments, "%40s", word) == 1) return spoof_address(asker, word);
  if (!strcmp(command, "spoof-mac")) return spoof_mac(asker);
  if (!strcmp(command, "poweroff")) return power_off(0), 0;
  if (!strcmp(command, "reboot")) return power_off(1), 0;
  return EINVAL;
}

static int compose(char *text, const char *token, int error) {
  unsigned long long counter = clock_counter(), first_bad = last_check.first_bad;
  return snprintf(text, TEXT,
    "{\"token\":\"%s\",\"error\":%s%s%s,\"counter\":%llu,\"bootId\":\"%s\",\"uptimeMs\":%llu,\"maxGapMs\":%.1f,"
    "\"records\":{\"written\":%llu,\"recovered\":%llu,\"errors\":%llu,\"checked\":%llu,\"bad\":%llu,\"firstBad\":%llu},"
    "\"pattern\":{\"mib\":%u,\"ok\":%s},\"dirty\":{\"rateMiBps\":%.1f,\"wsMiB\":%u,\"writtenMiB\":%.1f}}\n",
    token, error ? "\"" : "", error ? strerror(error) : "null", error ? "\"" : "", counter, boot_id(),
    (unsigned long long)monotonic_us() / 1000, clock_max_gap_ms(), (unsigned long long)records_written(),
    (unsigned long long)records_recovered(), (unsigned long long)records_errors(), (unsigned long long)last_check.checked,
    (unsigned long long)last_check.bad, first_bad, pattern_mib(), pattern_ok ? "true" : "false", dirty_rate(),
    dirty_working_set(), dirty_written_mib());
}

static int is_plain(const char *token) {
  return token[strspn(token, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")] == 0;
}

void server_run(void) {
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(SERVER_PORT)}, asker;
  char question[TEXT], answer[TEXT], token[41] = "", command[21], last_token[41] = "";
  int answer_length = 0;
  channel = socket(AF_INET, SOCK_DGRAM, 0);
  if (channel < 0 || bind(channel, (struct sockaddr *)&here, sizeof here)) fail("open the port");
  for (;;) {
    socklen_t size = sizeof asker;
    ssize_t length = recvfrom(channel, question, TEXT - 1, 0, (struct sockaddr *)&asker, &size);
    if (length <= 0) continue;
    question[length] = 0;
    int rest = 0;
    if (sscanf(question, "%40s %20s %n", token, command, &rest) < 2 || !is_plain(token)) continue;
    if (strcmp(token, last_token)) answer_length = compose(answer, token, obey(command, question + rest, &asker));
    strcpy(last_token, token);
    sendto(channel, answer, answer_length, 0, (struct sockaddr *)&asker, size);
  }
}
