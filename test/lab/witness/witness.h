/*
 * The witness: process 1 of a lab guest. It counts, writes records to its disk, keeps a pattern in memory, dirties memory,
 * and answers questions over UDP, so that a test can prove that the guest came through a move whole.
 *
 * Times are of the guest's own monotonic clock, which stands still while QEMU has the machine stopped: a pause as the
 * outside sees it must be measured outside, by the beats (server.c).
 */
#ifndef WITNESS_H
#define WITNESS_H

#include <stddef.h>
#include <stdint.h>

#define TICK_MS 10
#define RECORD_INTERVAL_MS 50
#define SERVER_PORT 4747
#define PATTERN_AT_BOOT_MIB 16

/* clock.c: a thread that increments a counter every TICK_MS and remembers the largest time between two ticks. */
void clock_start(void (*on_tick)(uint64_t counter));
uint64_t clock_counter(void);
double clock_max_gap_ms(void);
void clock_reset_gap(void);
uint64_t monotonic_us(void);
void sleep_ms(unsigned ms);

/* records.c: a thread for each raw device that writes a numbered, checksummed record to it every RECORD_INTERVAL_MS. Numbers are sums over all. */
struct record_check {
  uint64_t checked;
  uint64_t bad;
  uint64_t first_bad; /* sequence number on the first device that has one; 0: none */
};
void records_start(const char *device);
uint64_t records_written(void);   /* sequence number of the last record that the disk acknowledged */
uint64_t records_recovered(void); /* the same, as found on the disk at boot */
uint64_t records_errors(void);    /* writes the disk refused; each was repeated */
struct record_check records_verify(void);

/* plugged.c: 64 KiB made of the seed, written to the disk of that serial ("write") or compared with what is there ("check"). 0, or an errno. */
int plugged(const char *serial, const char *command, unsigned seed);

/*
 * spoof.c: a few datagrams to that address that carry another sender: an IPv4 address, or a MAC address that is not the card's own (which it has
 * again afterwards). 0, or an errno.
 */
struct sockaddr_in;
int spoof_address(const struct sockaddr_in *to, const char *address);
int spoof_mac(const struct sockaddr_in *to);

/* memory.c: a pattern that must survive, and a load that dirties pages. */
void memory_start(void);
int pattern_fill(unsigned mib); /* 0, or an errno */
unsigned pattern_mib(void);
int pattern_verify(void); /* 1: every word is as written */
int dirty_set(double mib_per_second, unsigned working_set_mib); /* 0, or an errno; rate 0 stops */
double dirty_rate(void);                                         /* MiB/s asked for */
unsigned dirty_working_set(void);
double dirty_written_mib(void); /* MiB written since boot */

/* server.c: answers questions for ever; server_beat sends a beat to whoever watches. */
void server_beat(uint64_t counter);
void server_run(void);

/* network.c: gives eth0 the address that its MAC address ends with. Returns it as text. */
const char *network_start(void);

/* power.c: a thread that powers off when the ACPI power button is pressed. */
void power_start(void);
void power_off(int restart);

const char *boot_id(void);
void fail(const char *what);

#endif
