/* Datagrams that say they come from somebody else: what the network must stop. */
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "witness.h"

#define TRIES 5
#define PAUSE_MS 40
#define LAST_BYTE 5

static const char text[] = "{\"spoofed\":true}\n";

struct packet {
  struct iphdr ip;
  struct udphdr udp;
  char payload[sizeof text - 1];
} __attribute__((packed));

static int repeatedly(int channel, const void *bytes, size_t length, const struct sockaddr_in *to) {
  int error = 0;
  for (int i = 0; i < TRIES; i++) {
    if (sendto(channel, bytes, length, 0, (const struct sockaddr *)to, sizeof *to) < 0) error = errno;
    sleep_ms(PAUSE_MS);
  }
  return error;
}

int spoof_address(const struct sockaddr_in *to, const char *address) {
  struct packet packet;
  memset(&packet, 0, sizeof packet);
  packet.ip = (struct iphdr){.version = 4, .ihl = 5, .ttl = 64, .protocol = IPPROTO_UDP, .daddr = to->sin_addr.s_addr};
  if (inet_pton(AF_INET, address, &packet.ip.saddr) != 1) return EINVAL;
  packet.udp.source = htons(SERVER_PORT);
  packet.udp.dest = to->sin_port;
  packet.udp.len = htons(sizeof packet.udp + sizeof packet.payload);
  memcpy(packet.payload, text, sizeof packet.payload);
  int channel = socket(AF_INET, SOCK_RAW, IPPROTO_RAW);
  if (channel < 0) return errno;
  int error = repeatedly(channel, &packet, sizeof packet, to);
  close(channel);
  return error;
}

/* The kernel announces each of its addresses, so that who has learned the wrong one learns the right one again. */
static void announce_changes(void) {
  FILE *setting = fopen("/proc/sys/net/ipv4/conf/eth0/arp_notify", "w");
  if (setting == 0) return;
  fputs("1", setting);
  fclose(setting);
}

int spoof_mac(const struct sockaddr_in *to) {
  struct ifreq own;
  memset(&own, 0, sizeof own);
  strcpy(own.ifr_name, "eth0");
  int channel = socket(AF_INET, SOCK_DGRAM, 0);
  if (channel < 0) return errno;
  announce_changes();
  int error = ioctl(channel, SIOCGIFHWADDR, &own) ? errno : 0;
  struct ifreq other = own;
  other.ifr_hwaddr.sa_data[LAST_BYTE] ^= 1;
  if (!error && ioctl(channel, SIOCSIFHWADDR, &other)) error = errno;
  if (!error) error = repeatedly(channel, text, sizeof text - 1, to);
  ioctl(channel, SIOCSIFHWADDR, &own);
  close(channel);
  return error;
}
