// SPDX-License-Identifier: MIT
// estats: sends a megabyte over a connection to itself, and prints what the system has counted on it.
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <iphlpapi.h>
#include <tcpestats.h>
#include <stdio.h>

#pragma comment(lib, "iphlpapi.lib")
#pragma comment(lib, "ws2_32.lib")

static const int BytesToSend = 1 << 20;

static BOOL MakeConnection(SOCKET &client, SOCKET &server)
{
    SOCKADDR_IN address = {};
    int length = sizeof(address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);

    SOCKET listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (listener == INVALID_SOCKET || bind(listener, (SOCKADDR *)&address, sizeof(address)) == SOCKET_ERROR ||
        listen(listener, 1) == SOCKET_ERROR ||
        getsockname(listener, (SOCKADDR *)&address, &length) == SOCKET_ERROR)
        return FALSE;
    client = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (connect(client, (SOCKADDR *)&address, sizeof(address)) == SOCKET_ERROR)
        return FALSE;
    server = accept(listener, NULL, NULL);
    closesocket(listener);
    return server != INVALID_SOCKET;
}

// Sends and receives in turn, so that no buffer runs full.
static BOOL Transfer(SOCKET client, SOCKET server)
{
    static char buffer[16384];
    for (int sent = 0; sent < BytesToSend; sent += sizeof(buffer))
    {
        if (send(client, buffer, sizeof(buffer), 0) != (int)sizeof(buffer))
            return FALSE;
        for (int received = 0; received < (int)sizeof(buffer);)
        {
            int n = recv(server, buffer, (int)sizeof(buffer) - received, 0);
            if (n <= 0)
                return FALSE;
            received += n;
        }
    }
    return TRUE;
}

// The connection's row of the table, by the client's port.
static BOOL FindRow(SOCKET client, MIB_TCPROW &row)
{
    SOCKADDR_IN local;
    int length = sizeof(local);
    getsockname(client, (SOCKADDR *)&local, &length);

    PMIB_TCPTABLE table = NULL;
    ULONG size = 0;
    while (GetTcpTable(table, &size, TRUE) == ERROR_INSUFFICIENT_BUFFER)
    {
        LocalFree(table);
        table = (PMIB_TCPTABLE)LocalAlloc(LPTR, size);
    }
    BOOL found = FALSE;
    for (DWORD i = 0; table != NULL && i < table->dwNumEntries && !found; i++)
    {
        row = table->table[i];
        found = row.dwState == MIB_TCP_STATE_ESTAB && row.dwLocalPort == local.sin_port;
    }
    LocalFree(table);
    return found;
}

template <class RW> static ULONG Enable(MIB_TCPROW &row, TCP_ESTATS_TYPE type)
{
    RW rw = {};
    rw.EnableCollection = TRUE;
    return SetPerTcpConnectionEStats(&row, type, (PUCHAR)&rw, 0, sizeof(rw), 0);
}

template <class RW, class ROD> static BOOL Get(MIB_TCPROW &row, TCP_ESTATS_TYPE type, ROD &rod)
{
    RW rw = {};
    ULONG code = GetPerTcpConnectionEStats(&row, type, (PUCHAR)&rw, 0, sizeof(rw), NULL, 0, 0, (PUCHAR)&rod,
                                           0, sizeof(rod));
    if (code != NO_ERROR)
        wprintf(L"GetPerTcpConnectionEStats: error %lu\n", code);
    return code == NO_ERROR && rw.EnableCollection;
}

static void PrintStatistics(MIB_TCPROW &row)
{
    TCP_ESTATS_DATA_ROD_v0 data = {};
    TCP_ESTATS_PATH_ROD_v0 path = {};
    if (Get<TCP_ESTATS_DATA_RW_v0>(row, TcpConnectionEstatsData, data))
    {
        wprintf(L"Bytes Out: %llu\n", data.DataBytesOut);
        printf("Bytes acknowledged: %I64u\n", data.ThruBytesAcked);
        wprintf(L"Segments out: %ls\n", data.SegsOut > 0 ? L"yes" : L"none");
    }
    if (Get<TCP_ESTATS_PATH_RW_v0>(row, TcpConnectionEstatsPath, path))
    {
        wprintf(L"Retransmitted: %u\n", path.PktsRetrans);
        wprintf(L"Round trip below a second: %ws\n", path.SmoothedRtt < 1000 ? L"yes" : L"no");
    }
}

int main()
{
    WSADATA wsaData;
    SOCKET client = INVALID_SOCKET, server = INVALID_SOCKET;
    MIB_TCPROW row;

    if (WSAStartup(MAKEWORD(2, 2), &wsaData) != 0)
        return 1;
    if (!MakeConnection(client, server) || !FindRow(client, row))
    {
        printf("No connection, error %d\n", WSAGetLastError());
        return 1;
    }
    ULONG code = Enable<TCP_ESTATS_DATA_RW_v0>(row, TcpConnectionEstatsData);
    if (code == NO_ERROR)
        code = Enable<TCP_ESTATS_PATH_RW_v0>(row, TcpConnectionEstatsPath);
    if (code != NO_ERROR)
    {
        printf("SetPerTcpConnectionEStats: error %lu\n", code);
        return 1;
    }
    if (!Transfer(client, server))
        return 1;
    Sleep(50);
    PrintStatistics(row);
    closesocket(client);
    closesocket(server);
    WSACleanup();
    return 0;
}
