/* SPDX-License-Identifier: MIT */
/* netlist: every TCP and UDP endpoint with its process, as `netstat -ano` shows them. */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <iphlpapi.h>
#include <tlhelp32.h>
#include <tchar.h>
#include <stdio.h>

#pragma comment(lib, "iphlpapi.lib")
#pragma comment(lib, "ws2_32.lib")

#define ENDPOINT_LENGTH 80

static LPCTSTR StateName(DWORD dwState)
{
    static const LPCTSTR names[] = {
        TEXT("?"),           TEXT("CLOSED"),     TEXT("LISTENING"),  TEXT("SYN_SENT"),   TEXT("SYN_RCVD"),
        TEXT("ESTABLISHED"), TEXT("FIN_WAIT_1"), TEXT("FIN_WAIT_2"), TEXT("CLOSE_WAIT"), TEXT("CLOSING"),
        TEXT("LAST_ACK"),    TEXT("TIME_WAIT"),  TEXT("DELETE_TCB")};
    return dwState < _countof(names) ? names[dwState] : names[0];
}

/* The name that the process list has for the process, or "-". */
static void ProcessName(DWORD dwProcessId, LPTSTR lpName, size_t cchName)
{
    PROCESSENTRY32 entry;
    HANDLE hSnapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    BOOL bMore;

    _tcscpy_s(lpName, cchName, TEXT("-"));
    if (hSnapshot == INVALID_HANDLE_VALUE)
        return;
    ZeroMemory(&entry, sizeof(entry));
    entry.dwSize = sizeof(PROCESSENTRY32);
    for (bMore = Process32First(hSnapshot, &entry); bMore; bMore = Process32Next(hSnapshot, &entry))
    {
        if (entry.th32ProcessID == dwProcessId)
        {
            _tcscpy_s(lpName, cchName, entry.szExeFile);
            break;
        }
    }
    CloseHandle(hSnapshot);
}

static void Endpoint4(DWORD dwAddr, DWORD dwPort, LPTSTR lpText)
{
    IN_ADDR address;
    TCHAR host[INET6_ADDRSTRLEN];

    address.S_un.S_addr = dwAddr;
    InetNtop(AF_INET, &address, host, _countof(host));
    _sntprintf_s(lpText, ENDPOINT_LENGTH, _TRUNCATE, TEXT("%s:%u"), host, ntohs((u_short)dwPort));
}

static void Endpoint6(const UCHAR *pAddr, DWORD dwScopeId, DWORD dwPort, LPTSTR lpText)
{
    TCHAR host[INET6_ADDRSTRLEN];

    InetNtop(AF_INET6, (PVOID)pAddr, host, _countof(host));
    if (dwScopeId != 0)
        _sntprintf_s(lpText, ENDPOINT_LENGTH, _TRUNCATE, TEXT("[%s%%%lu]:%u"), host, dwScopeId,
                     ntohs((u_short)dwPort));
    else
        _sntprintf_s(lpText, ENDPOINT_LENGTH, _TRUNCATE, TEXT("[%s]:%u"), host, ntohs((u_short)dwPort));
}

static void PrintLine(LPCTSTR lpProtocol, LPCTSTR lpLocal, LPCTSTR lpRemote, LPCTSTR lpState,
                      DWORD dwProcessId)
{
    TCHAR name[MAX_PATH];

    ProcessName(dwProcessId, name, _countof(name));
    _tprintf(TEXT("  %-5s %-30s %-30s %-11s %5lu %s\n"), lpProtocol, lpLocal, lpRemote, lpState, dwProcessId,
             name);
}

typedef DWORD (*GET_TABLE)(PVOID pTable, PDWORD pdwSize, ULONG ulAf);

static DWORD GetTcp(PVOID pTable, PDWORD pdwSize, ULONG ulAf)
{
    return GetExtendedTcpTable(pTable, pdwSize, TRUE, ulAf, TCP_TABLE_OWNER_PID_ALL, 0);
}

static DWORD GetUdp(PVOID pTable, PDWORD pdwSize, ULONG ulAf)
{
    return GetExtendedUdpTable(pTable, pdwSize, TRUE, ulAf, UDP_TABLE_OWNER_PID, 0);
}

/* The table may grow between two calls, so ask until it fits. NULL after a message. */
static PVOID ReadTable(GET_TABLE pfnGet, ULONG ulAf)
{
    PVOID pTable = NULL;
    DWORD dwSize = 0;
    DWORD dwResult;

    while ((dwResult = pfnGet(pTable, &dwSize, ulAf)) == ERROR_INSUFFICIENT_BUFFER)
    {
        HeapFree(GetProcessHeap(), 0, pTable);
        pTable = HeapAlloc(GetProcessHeap(), 0, dwSize);
        if (pTable == NULL)
            return NULL;
    }
    if (dwResult == NO_ERROR)
        return pTable;
    _ftprintf(stderr, TEXT("The table can't be read: error %lu\n"), dwResult);
    HeapFree(GetProcessHeap(), 0, pTable);
    return NULL;
}

static void PrintTcp4(void)
{
    PMIB_TCPTABLE_OWNER_PID pTable = (PMIB_TCPTABLE_OWNER_PID)ReadTable(GetTcp, AF_INET);
    TCHAR local[ENDPOINT_LENGTH], remote[ENDPOINT_LENGTH];
    DWORD i;

    if (pTable == NULL)
        return;
    for (i = 0; i < pTable->dwNumEntries; i++)
    {
        const MIB_TCPROW_OWNER_PID *pRow = &pTable->table[i];
        Endpoint4(pRow->dwLocalAddr, pRow->dwLocalPort, local);
        Endpoint4(pRow->dwRemoteAddr, pRow->dwRemotePort, remote);
        PrintLine(TEXT("TCP"), local, remote, StateName(pRow->dwState), pRow->dwOwningPid);
    }
    HeapFree(GetProcessHeap(), 0, pTable);
}

static void PrintTcp6(void)
{
    PMIB_TCP6TABLE_OWNER_PID pTable = (PMIB_TCP6TABLE_OWNER_PID)ReadTable(GetTcp, AF_INET6);
    TCHAR local[ENDPOINT_LENGTH], remote[ENDPOINT_LENGTH];
    DWORD i;

    if (pTable == NULL)
        return;
    for (i = 0; i < pTable->dwNumEntries; i++)
    {
        const MIB_TCP6ROW_OWNER_PID *pRow = &pTable->table[i];
        Endpoint6(pRow->ucLocalAddr, pRow->dwLocalScopeId, pRow->dwLocalPort, local);
        Endpoint6(pRow->ucRemoteAddr, pRow->dwRemoteScopeId, pRow->dwRemotePort, remote);
        PrintLine(TEXT("TCPv6"), local, remote, StateName(pRow->dwState), pRow->dwOwningPid);
    }
    HeapFree(GetProcessHeap(), 0, pTable);
}

static void PrintUdp4(void)
{
    PMIB_UDPTABLE_OWNER_PID pTable = (PMIB_UDPTABLE_OWNER_PID)ReadTable(GetUdp, AF_INET);
    TCHAR local[ENDPOINT_LENGTH];
    DWORD i;

    if (pTable == NULL)
        return;
    for (i = 0; i < pTable->dwNumEntries; i++)
    {
        const MIB_UDPROW_OWNER_PID *pRow = &pTable->table[i];
        Endpoint4(pRow->dwLocalAddr, pRow->dwLocalPort, local);
        PrintLine(TEXT("UDP"), local, TEXT("*:*"), TEXT(""), pRow->dwOwningPid);
    }
    HeapFree(GetProcessHeap(), 0, pTable);
}

static void PrintUdp6(void)
{
    PMIB_UDP6TABLE_OWNER_PID pTable = (PMIB_UDP6TABLE_OWNER_PID)ReadTable(GetUdp, AF_INET6);
    TCHAR local[ENDPOINT_LENGTH];
    DWORD i;

    if (pTable == NULL)
        return;
    for (i = 0; i < pTable->dwNumEntries; i++)
    {
        const MIB_UDP6ROW_OWNER_PID *pRow = &pTable->table[i];
        Endpoint6(pRow->ucLocalAddr, pRow->dwLocalScopeId, pRow->dwLocalPort, local);
        PrintLine(TEXT("UDPv6"), local, TEXT("*:*"), TEXT(""), pRow->dwOwningPid);
    }
    HeapFree(GetProcessHeap(), 0, pTable);
}

int _tmain(void)
{
    _tprintf(TEXT("  %-5s %-30s %-30s %-11s %5s %s\n"), TEXT("Proto"), TEXT("Local Address"),
             TEXT("Foreign Address"), TEXT("State"), TEXT("PID"), TEXT("Name"));
    PrintTcp4();
    PrintTcp6();
    PrintUdp4();
    PrintUdp6();
    return 0;
}
