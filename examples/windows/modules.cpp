// SPDX-License-Identifier: MIT
// modules: the module, program or service, behind each listening TCP port and each UDP port.
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#include <iphlpapi.h>
#include <cstdio>
#include <string>
#include <vector>

#pragma comment(lib, "iphlpapi.lib")
#pragma comment(lib, "ws2_32.lib")

namespace
{

// What the module of a row is called, or why that can't be told.
template <typename Row, typename Function> std::wstring ModuleName(Row &row, Function getOwnerModule)
{
    DWORD size = 0;
    DWORD result = getOwnerModule(&row, TCPIP_OWNER_MODULE_INFO_BASIC, nullptr, &size);
    if (result == ERROR_NOT_FOUND)
        return L"(no process)";
    if (result != ERROR_INSUFFICIENT_BUFFER)
        return L"(error " + std::to_wstring(result) + L")";

    std::vector<BYTE> buffer(size);
    result = getOwnerModule(&row, TCPIP_OWNER_MODULE_INFO_BASIC, buffer.data(), &size);
    if (result != NO_ERROR)
        return L"(error " + std::to_wstring(result) + L")";
    auto *module = reinterpret_cast<PTCPIP_OWNER_MODULE_BASIC_INFO>(buffer.data());
    return std::wstring(module->pModuleName) + L" at " + module->pModulePath;
}

// Windows keeps the time when the socket was made; 0 would be the year 1601.
bool IsDated(const LARGE_INTEGER &timestamp)
{
    FILETIME fileTime;
    fileTime.dwLowDateTime = timestamp.LowPart;
    fileTime.dwHighDateTime = static_cast<DWORD>(timestamp.HighPart);
    SYSTEMTIME time;
    return FileTimeToSystemTime(&fileTime, &time) && time.wYear > 2000;
}

std::vector<BYTE> ReadTcpTable()
{
    std::vector<BYTE> buffer;
    DWORD size = 0;
    while (GetExtendedTcpTable(buffer.data(), &size, TRUE, AF_INET, TCP_TABLE_OWNER_MODULE_LISTENER, 0) ==
           ERROR_INSUFFICIENT_BUFFER)
        buffer.resize(size);
    return buffer;
}

std::vector<BYTE> ReadUdpTable()
{
    std::vector<BYTE> buffer;
    DWORD size = 0;
    while (GetExtendedUdpTable(buffer.data(), &size, TRUE, AF_INET, UDP_TABLE_OWNER_MODULE, 0) ==
           ERROR_INSUFFICIENT_BUFFER)
        buffer.resize(size);
    return buffer;
}

} // namespace

int wmain()
{
    auto tcpBuffer = ReadTcpTable();
    auto udpBuffer = ReadUdpTable();
    auto *tcp = reinterpret_cast<PMIB_TCPTABLE_OWNER_MODULE>(tcpBuffer.data());
    auto *udp = reinterpret_cast<PMIB_UDPTABLE_OWNER_MODULE>(udpBuffer.data());

    for (DWORD i = 0; tcp != nullptr && i < tcp->dwNumEntries; ++i)
    {
        auto &row = tcp->table[i];
        wprintf(L"TCP %5hu %-6ls ", ntohs(static_cast<u_short>(row.dwLocalPort)),
                IsDated(row.liCreateTimestamp) ? L"dated" : L"-");
        printf("%ls\n", ModuleName(row, GetOwnerModuleFromTcpEntry).c_str());
    }
    for (DWORD i = 0; udp != nullptr && i < udp->dwNumEntries; ++i)
    {
        auto &row = udp->table[i];
        wprintf(L"UDP %5hu %-6ls %ls\n", ntohs(static_cast<u_short>(row.dwLocalPort)),
                IsDated(row.liCreateTimestamp) ? L"dated" : L"-",
                ModuleName(row, GetOwnerModuleFromUdpEntry).c_str());
    }
    return 0;
}
