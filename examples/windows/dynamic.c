/* SPDX-License-Identifier: MIT */
/* dynamic: the listening ports and the connection counts, by functions that are looked up when the program
 * runs, as programs do that shall start on every Windows. */
#include <winsock2.h>
#include <windows.h>
#include <iphlpapi.h>
#include <stdio.h>
#include <stdlib.h>

typedef DWORD(WINAPI *PFN_GETEXTENDEDTCPTABLE)(PVOID, PDWORD, BOOL, ULONG, TCP_TABLE_CLASS, ULONG);
typedef DWORD(WINAPI *PFN_GETTCPSTATISTICSEX)(PMIB_TCPSTATS, DWORD);
typedef BOOL(WINAPI *PFN_QUERYFULLPROCESSIMAGENAME)(HANDLE, DWORD, LPSTR, PDWORD);
typedef u_short(WINAPI *PFN_NTOHS)(u_short);

static HMODULE hIphlpapi;
static HMODULE hWs2;

static void PrintListeners(PFN_GETEXTENDEDTCPTABLE pGetExtendedTcpTable, PFN_NTOHS pNtohs)
{
    PFN_QUERYFULLPROCESSIMAGENAME pQueryName = (PFN_QUERYFULLPROCESSIMAGENAME)GetProcAddress(
        GetModuleHandle(TEXT("kernel32.dll")), "QueryFullProcessImageNameA");
    MIB_TCPTABLE_OWNER_PID *pTable = NULL;
    DWORD dwSize = 0, i;

    while (pGetExtendedTcpTable(pTable, &dwSize, TRUE, AF_INET, TCP_TABLE_OWNER_PID_LISTENER, 0) ==
           ERROR_INSUFFICIENT_BUFFER)
        pTable = (MIB_TCPTABLE_OWNER_PID *)realloc(pTable, dwSize);
    for (i = 0; pTable != NULL && i < pTable->dwNumEntries; i++)
    {
        char szPath[MAX_PATH] = "?";
        DWORD dwLength = MAX_PATH;
        HANDLE hProcess = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pTable->table[i].dwOwningPid);
        if (hProcess != NULL && pQueryName != NULL)
            pQueryName(hProcess, 0, szPath, &dwLength);
        if (hProcess != NULL)
            CloseHandle(hProcess);
        printf("%5u  %s\n", pNtohs((u_short)pTable->table[i].dwLocalPort), szPath);
    }
    free(pTable);
}

int main(void)
{
    PFN_GETEXTENDEDTCPTABLE pGetExtendedTcpTable;
    PFN_GETTCPSTATISTICSEX pGetTcpStatisticsEx;
    PFN_NTOHS pNtohs;
    MIB_TCPSTATS stats;

    hIphlpapi = LoadLibrary(TEXT("iphlpapi.dll"));
    hWs2 = LoadLibraryW(L"WS2_32.DLL");
    if (hIphlpapi == NULL || hWs2 == NULL)
    {
        printf("LoadLibrary: error %lu\n", GetLastError());
        return 1;
    }
    pGetExtendedTcpTable = (PFN_GETEXTENDEDTCPTABLE)GetProcAddress(hIphlpapi, "GetExtendedTcpTable");
    pGetTcpStatisticsEx = (PFN_GETTCPSTATISTICSEX)GetProcAddress(hIphlpapi, "GetTcpStatisticsEx");
    pNtohs = (PFN_NTOHS)GetProcAddress(hWs2, "ntohs");
    if (pGetExtendedTcpTable == NULL || pGetTcpStatisticsEx == NULL || pNtohs == NULL)
    {
        printf("GetProcAddress: error %lu\n", GetLastError());
        return 1;
    }
    PrintListeners(pGetExtendedTcpTable, pNtohs);
    if (pGetTcpStatisticsEx(&stats, AF_INET) == NO_ERROR)
        printf("%lu connections\n%lu established\n", stats.dwNumConns, stats.dwCurrEstab);
    if (GetProcAddress(hIphlpapi, "NoSuchFunction") == NULL && GetLastError() == ERROR_PROC_NOT_FOUND)
        printf("NoSuchFunction is not exported\n");
    FreeLibrary(hWs2);
    FreeLibrary(hIphlpapi);
    return 0;
}
