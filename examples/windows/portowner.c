/* SPDX-License-Identifier: MIT */
/* portowner PORT: which program listens on a TCP port, or receives on a UDP port. */
#include <winsock2.h>
#include <windows.h>
#include <iphlpapi.h>
#include <stdio.h>
#include <stdlib.h>

#pragma comment(lib, "iphlpapi.lib")
#pragma comment(lib, "ws2_32.lib")

static void PrintError(const char *what, DWORD code)
{
    char *text = NULL;

    FormatMessageA(FORMAT_MESSAGE_ALLOCATE_BUFFER | FORMAT_MESSAGE_FROM_SYSTEM |
                       FORMAT_MESSAGE_IGNORE_INSERTS,
                   NULL, code, MAKELANGID(LANG_ENGLISH, SUBLANG_ENGLISH_US), (LPSTR)&text, 0, NULL);
    fprintf(stderr, "%s: %s", what, text ? text : "unknown error\n");
    LocalFree(text);
}

static void PrintOwner(const char *protocol, u_short port, DWORD pid)
{
    char path[MAX_PATH] = "";
    DWORD length = sizeof(path);
    HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid);

    if (process == NULL)
    {
        printf("%s port %hu: process %lu can't be opened, error %lu\n", protocol, port, pid, GetLastError());
        return;
    }
    if (QueryFullProcessImageNameA(process, 0, path, &length))
        printf("%s port %hu: process %lu, %s\n", protocol, port, pid, path);
    else
        PrintError("QueryFullProcessImageName", GetLastError());
    CloseHandle(process);
}

static int FindTcp(u_short port)
{
    MIB_TCPTABLE_OWNER_PID *table = NULL;
    DWORD size = 0, i, code;
    int found = 0;

    while ((code = GetExtendedTcpTable(table, &size, FALSE, AF_INET, TCP_TABLE_OWNER_PID_LISTENER, 0)) ==
           ERROR_INSUFFICIENT_BUFFER)
        table = (MIB_TCPTABLE_OWNER_PID *)realloc(table, size);
    if (code != NO_ERROR)
        PrintError("GetExtendedTcpTable", code);
    for (i = 0; code == NO_ERROR && i < table->dwNumEntries; i++)
    {
        if (ntohs((u_short)table->table[i].dwLocalPort) != port)
            continue;
        PrintOwner("TCP", port, table->table[i].dwOwningPid);
        found++;
    }
    free(table);
    return found;
}

static int FindUdp(u_short port)
{
    MIB_UDPTABLE_OWNER_PID *table = NULL;
    DWORD size = 0, i, code;
    int found = 0;

    while ((code = GetExtendedUdpTable(table, &size, FALSE, AF_INET, UDP_TABLE_OWNER_PID, 0)) ==
           ERROR_INSUFFICIENT_BUFFER)
        table = (MIB_UDPTABLE_OWNER_PID *)realloc(table, size);
    if (code != NO_ERROR)
        PrintError("GetExtendedUdpTable", code);
    for (i = 0; code == NO_ERROR && i < table->dwNumEntries; i++)
    {
        if (ntohs((u_short)table->table[i].dwLocalPort) != port)
            continue;
        PrintOwner("UDP", port, table->table[i].dwOwningPid);
        found++;
    }
    free(table);
    return found;
}

int main(int argc, char *argv[])
{
    u_short port;

    if (argc != 2 || (port = (u_short)atoi(argv[1])) == 0)
    {
        fprintf(stderr, "usage: portowner PORT\n");
        return 2;
    }
    if (FindTcp(port) + FindUdp(port) == 0)
    {
        printf("Nobody uses port %hu.\n", port);
        return 1;
    }
    return 0;
}
