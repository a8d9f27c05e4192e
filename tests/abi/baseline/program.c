/* SPDX-License-Identifier: MIT */
/* A program as it was built when the baseline was made: its declarations are its own and don't follow the
 * headers. It must run with every later library of the same SONAME. Nothing in it is ever changed; a new
 * release may add to it. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct {
  uint32_t dwState;
  uint32_t dwLocalAddr;
  uint32_t dwLocalPort;
  uint32_t dwRemoteAddr;
  uint32_t dwRemotePort;
  uint32_t dwOwningPid;
  uint32_t dwOffloadState;
} MIB_TCPROW2;

typedef struct {
  uint32_t dwState;
  uint32_t dwLocalAddr;
  uint32_t dwLocalPort;
  uint32_t dwRemoteAddr;
  uint32_t dwRemotePort;
  uint32_t dwOwningPid;
} MIB_TCPROW_OWNER_PID;

uint32_t GetTcpTable2(void* table, uint32_t* size, int32_t order);
uint32_t GetExtendedTcpTable(void* table, uint32_t* size, int32_t order, uint32_t family, int table_class,
                             uint32_t reserved);

static void* listed(int extended) {
  uint32_t size = 0;
  void* table = NULL;
  uint32_t code = 122; /* ERROR_INSUFFICIENT_BUFFER */
  while (code == 122) {
    code = extended ? GetExtendedTcpTable(table, &size, 1, 2, 5, 0) : GetTcpTable2(table, &size, 1);
    if (code == 122) table = realloc(table, size);
  }
  if (code != 0) {
    printf("code %u\n", (unsigned)code);
    exit(1);
  }
  return table;
}

static uint32_t own_listener(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  socklen_t size = sizeof address;
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listener, (struct sockaddr*)&address, sizeof address) != 0 || listen(listener, 1) != 0 ||
      getsockname(listener, (struct sockaddr*)&address, &size) != 0) {
    perror("a listener");
    exit(1);
  }
  return address.sin_port;
}

int main(void) {
  const uint32_t port = own_listener();
  const uint32_t pid = (uint32_t)getpid();
  int found = 0;
  const uint32_t* table = listed(0);
  const MIB_TCPROW2* rows = (const MIB_TCPROW2*)(table + 1);
  for (uint32_t i = 0; i < *table; ++i)
    found += rows[i].dwState == 2 && rows[i].dwLocalPort == port && rows[i].dwOwningPid == pid;
  const uint32_t* extended = listed(1);
  const MIB_TCPROW_OWNER_PID* owners = (const MIB_TCPROW_OWNER_PID*)(extended + 1);
  for (uint32_t i = 0; i < *extended; ++i)
    found += owners[i].dwState == 2 && owners[i].dwLocalPort == port && owners[i].dwOwningPid == pid;
  printf("found its listener in %d of 2 tables\n", found);
  return found == 2 ? 0 : 1;
}
