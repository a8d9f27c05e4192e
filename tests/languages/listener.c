/* SPDX-License-Identifier: MIT */
/* Listens on a port of 127.0.0.1, prints the port and its own pid, and waits until its input ends. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
  struct sockaddr_in address;
  socklen_t size = sizeof(address);
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  memset(&address, 0, sizeof(address));
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (listener < 0 || bind(listener, (struct sockaddr*)&address, size) != 0 || listen(listener, 1) != 0 ||
      getsockname(listener, (struct sockaddr*)&address, &size) != 0) {
    perror("listener");
    return 1;
  }
  printf("%d %ld\n", ntohs(address.sin_port), (long)getpid());
  fflush(stdout);
  while (getchar() != EOF) {
  }
  return 0;
}
