/* SPDX-License-Identifier: MIT */
/* closeconn LOCAL-PORT REMOTE-PORT: closes the established TCP connection between these ports, and looks
 * whether it has gone. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <iphlpapi.h>
#include <tchar.h>
#include <stdio.h>

#pragma comment(lib, "iphlpapi.lib")
#pragma comment(lib, "ws2_32.lib")

/* TRUE if there is such a connection; its row. */
static BOOL FindConnection(u_short localPort, u_short remotePort, MIB_TCPROW *pRow)
{
    MIB_TCPTABLE2 *pTable;
    ULONG ulSize = sizeof(MIB_TCPTABLE2);
    DWORD i;
    BOOL bFound = FALSE;

    pTable = (MIB_TCPTABLE2 *)HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, ulSize);
    while (pTable != NULL && GetTcpTable2(pTable, &ulSize, TRUE) == ERROR_INSUFFICIENT_BUFFER)
        pTable = (MIB_TCPTABLE2 *)HeapReAlloc(GetProcessHeap(), 0, pTable, ulSize);
    for (i = 0; pTable != NULL && i < pTable->dwNumEntries && !bFound; i++)
    {
        MIB_TCPROW2 *pCandidate = &pTable->table[i];
        if (pCandidate->dwState != MIB_TCP_STATE_ESTAB ||
            ntohs((u_short)pCandidate->dwLocalPort) != localPort ||
            ntohs((u_short)pCandidate->dwRemotePort) != remotePort)
            continue;
        /* The shorter structure is the longer one's beginning. */
        *pRow = *(MIB_TCPROW *)pCandidate;
        bFound = TRUE;
    }
    HeapFree(GetProcessHeap(), 0, pTable);
    return bFound;
}

static void PrintCode(LPCTSTR lpWhat, DWORD dwCode)
{
    TCHAR message[256];

    FormatMessage(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL, dwCode,
                  MAKELANGID(LANG_ENGLISH, SUBLANG_ENGLISH_US), message, _countof(message), NULL);
    _tprintf(_T("%s: %lu, %s"), lpWhat, dwCode, message);
}

int _tmain(int argc, _TCHAR *argv[])
{
    MIB_TCPROW row;
    DWORD dwResult;
    u_short localPort, remotePort;

    if (argc != 3)
    {
        _tprintf(_T("usage: closeconn LOCAL-PORT REMOTE-PORT\n"));
        return 2;
    }
    localPort = (u_short)_ttoi(argv[1]);
    remotePort = (u_short)_ttoi(argv[2]);
    if (!FindConnection(localPort, remotePort, &row))
    {
        _tprintf(_T("No connection from %hu to %hu.\n"), localPort, remotePort);
        return 1;
    }
    row.dwState = MIB_TCP_STATE_DELETE_TCB;
    dwResult = SetTcpEntry(&row);
    PrintCode(_T("SetTcpEntry"), dwResult);
    if (FindConnection(localPort, remotePort, &row))
        _tprintf(_T("The connection is still there.\n"));
    else
        _tprintf(_T("The connection has gone.\n"));
    return 0;
}
