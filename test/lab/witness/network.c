#include <arpa/inet.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "witness.h"

static struct ifreq request(const char *name) {
  struct ifreq result;
  memset(&result, 0, sizeof result);
  strncpy(result.ifr_name, name, IFNAMSIZ - 1);
  return result;
}

static void set_up(int control, const char *name) {
  struct ifreq flags = request(name);
  flags.ifr_flags = IFF_UP | IFF_RUNNING;
  if (ioctl(control, SIOCSIFFLAGS, &flags)) fail("bring up the network card");
}

static void set_address(int control, unsigned long operation, struct in_addr address) {
  struct ifreq change = request("eth0");
  struct sockaddr_in *socket_address = (struct sockaddr_in *)&change.ifr_addr;
  socket_address->sin_family = AF_INET;
  socket_address->sin_addr = address;
  if (ioctl(control, operation, &change)) fail("set the address");
}

const char *network_start(void) {
  int control = socket(AF_INET, SOCK_DGRAM, 0);
  struct ifreq hardware = request("eth0");
  struct in_addr address, mask = {.s_addr = htonl(0xFFFFFF00)};
  if (control < 0 || ioctl(control, SIOCGIFHWADDR, &hardware)) fail("read the MAC address");
  memcpy(&address, hardware.ifr_hwaddr.sa_data + 2, sizeof address);
  set_up(control, "lo");
  set_address(control, SIOCSIFADDR, address);
  set_address(control, SIOCSIFNETMASK, mask);
  set_up(control, "eth0");
  close(control);
  return inet_ntoa(address);
}
