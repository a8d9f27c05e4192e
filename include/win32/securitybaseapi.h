/* SPDX-License-Identifier: MIT */
/* A process's privileges, which are Linux' capabilities here. One that the process has is always in force, so
 * that enabling it only says whether it is there, and it can't be switched off. And its user, whose security
 * identifier has the user's number: S-1-22-1-UID, a group's is S-1-22-2-GID. Source: the Microsoft page of
 * each function's name. */
#ifndef TCPTABLE_WIN32_SECURITYBASEAPI_H
#define TCPTABLE_WIN32_SECURITYBASEAPI_H

#include "tcptable_wide.h"
#include "windef.h"

#define TOKEN_ASSIGN_PRIMARY 0x0001
#define TOKEN_DUPLICATE 0x0002
#define TOKEN_IMPERSONATE 0x0004
#define TOKEN_QUERY 0x0008
#define TOKEN_QUERY_SOURCE 0x0010
#define TOKEN_ADJUST_PRIVILEGES 0x0020
#define TOKEN_ADJUST_GROUPS 0x0040
#define TOKEN_ADJUST_DEFAULT 0x0080
#define TOKEN_ADJUST_SESSIONID 0x0100
#define TOKEN_READ (0x00020000 | TOKEN_QUERY)
#define TOKEN_ALL_ACCESS (0x000F0000 | 0x01FF)

#define SE_PRIVILEGE_ENABLED_BY_DEFAULT 0x00000001
#define SE_PRIVILEGE_ENABLED 0x00000002
#define SE_PRIVILEGE_REMOVED 0x00000004

/* What the privilege of this name is here:
 * SeDebugPrivilege CAP_SYS_PTRACE, SeShutdownPrivilege CAP_SYS_BOOT, SeSystemtimePrivilege CAP_SYS_TIME,
 * SeLoadDriverPrivilege CAP_SYS_MODULE, SeTakeOwnershipPrivilege CAP_CHOWN, SeBackupPrivilege
 * CAP_DAC_READ_SEARCH, SeRestorePrivilege CAP_DAC_OVERRIDE, SeIncreaseBasePriorityPrivilege CAP_SYS_NICE,
 * SeIncreaseQuotaPrivilege CAP_SYS_RESOURCE; nobody has SeTcbPrivilege, SeSecurityPrivilege and
 * SeImpersonatePrivilege. */
#define SE_TCB_NAME TEXT("SeTcbPrivilege")
#define SE_SECURITY_NAME TEXT("SeSecurityPrivilege")
#define SE_TAKE_OWNERSHIP_NAME TEXT("SeTakeOwnershipPrivilege")
#define SE_LOAD_DRIVER_NAME TEXT("SeLoadDriverPrivilege")
#define SE_SYSTEMTIME_NAME TEXT("SeSystemtimePrivilege")
#define SE_INC_BASE_PRIORITY_NAME TEXT("SeIncreaseBasePriorityPrivilege")
#define SE_INCREASE_QUOTA_NAME TEXT("SeIncreaseQuotaPrivilege")
#define SE_BACKUP_NAME TEXT("SeBackupPrivilege")
#define SE_RESTORE_NAME TEXT("SeRestorePrivilege")
#define SE_SHUTDOWN_NAME TEXT("SeShutdownPrivilege")
#define SE_DEBUG_NAME TEXT("SeDebugPrivilege")
#define SE_IMPERSONATE_NAME TEXT("SeImpersonatePrivilege")

typedef struct _LUID {
  DWORD LowPart;
  LONG HighPart;
} LUID, *PLUID;

typedef struct _LUID_AND_ATTRIBUTES {
  LUID Luid;
  DWORD Attributes;
} LUID_AND_ATTRIBUTES, *PLUID_AND_ATTRIBUTES;

typedef struct _TOKEN_PRIVILEGES {
  DWORD PrivilegeCount;
  LUID_AND_ATTRIBUTES Privileges[ANYSIZE_ARRAY];
} TOKEN_PRIVILEGES, *PTOKEN_PRIVILEGES;

/* A security identifier: SubAuthorityCount numbers are behind it. */
typedef struct _SID_IDENTIFIER_AUTHORITY {
  BYTE Value[6]; /* one number, its high byte first */
} SID_IDENTIFIER_AUTHORITY, *PSID_IDENTIFIER_AUTHORITY;

typedef struct _SID {
  BYTE Revision;
  BYTE SubAuthorityCount;
  SID_IDENTIFIER_AUTHORITY IdentifierAuthority;
  DWORD SubAuthority[ANYSIZE_ARRAY];
} SID, *PISID;
typedef PVOID PSID;

#define SID_REVISION 1
#define SID_MAX_SUB_AUTHORITIES 15
#define SECURITY_MAX_SID_SIZE 68
#define SECURITY_WORLD_SID_AUTHORITY \
  { 0, 0, 0, 0, 0, 1 }
#define SECURITY_NT_AUTHORITY \
  { 0, 0, 0, 0, 0, 5 }
#define SECURITY_WORLD_RID 0x00000000
#define SECURITY_BUILTIN_DOMAIN_RID 0x00000020
#define DOMAIN_ALIAS_RID_ADMINS 0x00000220

typedef enum _SID_NAME_USE {
  SidTypeUser = 1,
  SidTypeGroup,
  SidTypeDomain,
  SidTypeAlias,
  SidTypeWellKnownGroup,
  SidTypeDeletedAccount,
  SidTypeInvalid,
  SidTypeUnknown,
  SidTypeComputer
} SID_NAME_USE,
    *PSID_NAME_USE;

typedef struct _SID_AND_ATTRIBUTES {
  PSID Sid;
  DWORD Attributes;
} SID_AND_ATTRIBUTES, *PSID_AND_ATTRIBUTES;

typedef struct _TOKEN_USER {
  SID_AND_ATTRIBUTES User;
} TOKEN_USER, *PTOKEN_USER;

typedef struct _TOKEN_ELEVATION {
  DWORD TokenIsElevated;
} TOKEN_ELEVATION, *PTOKEN_ELEVATION;

typedef enum _TOKEN_ELEVATION_TYPE {
  TokenElevationTypeDefault = 1,
  TokenElevationTypeFull,
  TokenElevationTypeLimited
} TOKEN_ELEVATION_TYPE,
    *PTOKEN_ELEVATION_TYPE;

/* Those that can be asked for here. */
typedef enum _TOKEN_INFORMATION_CLASS {
  TokenUser = 1,
  TokenPrivileges = 3,
  TokenElevationType = 18,
  TokenElevation = 20
} TOKEN_INFORMATION_CLASS,
    *PTOKEN_INFORMATION_CLASS;

#ifdef __cplusplus
extern "C" {
#endif

/* A handle for CloseHandle; the process needs one of the QUERY rights. FALSE with ERROR_INVALID_HANDLE,
 * ERROR_ACCESS_DENIED, or ERROR_INVALID_PARAMETER for NULL. */
BOOL WINAPI OpenProcessToken(HANDLE ProcessHandle, DWORD DesiredAccess, PHANDLE TokenHandle);

/* The number of a privilege. FALSE with ERROR_NO_SUCH_PRIVILEGE, also for every name of another computer, or
 * ERROR_INVALID_PARAMETER for NULL. */
BOOL WINAPI LookupPrivilegeValueA(LPCSTR lpSystemName, LPCSTR lpName, PLUID lpLuid);
BOOL WINAPI LookupPrivilegeValueW(LPCWSTR lpSystemName, LPCWSTR lpName, PLUID lpLuid)
    TCPTABLE_WIN32_WIDE(LookupPrivilegeValueW);

/* TRUE with a last error of NO_ERROR: all that were to be enabled are in force; of ERROR_NOT_ALL_ASSIGNED:
 * the process lacks one, or one that it has was to be disabled. Nothing changes, so *PreviousState, of
 * *ReturnLength bytes, names none. FALSE with ERROR_INVALID_HANDLE, ERROR_ACCESS_DENIED without
 * TOKEN_ADJUST_PRIVILEGES, ERROR_INSUFFICIENT_BUFFER, or ERROR_INVALID_PARAMETER for NULL. */
BOOL WINAPI AdjustTokenPrivileges(HANDLE TokenHandle, BOOL DisableAllPrivileges, PTOKEN_PRIVILEGES NewState,
                                  DWORD BufferLength, PTOKEN_PRIVILEGES PreviousState, PDWORD ReturnLength);

/* TokenUser: the effective user; the identifier is behind the structure, in the same buffer. TokenElevation:
 * whether the process has CAP_NET_ADMIN and CAP_SYS_PTRACE, which the functions here want
 * where Windows' want an administrator. TokenElevationType: always TokenElevationTypeDefault, for there are
 * no split tokens. TokenPrivileges: those that are in force. *ReturnLength is the size in bytes. FALSE with
 * ERROR_INSUFFICIENT_BUFFER, ERROR_INVALID_HANDLE, ERROR_ACCESS_DENIED without TOKEN_QUERY,
 * ERROR_NOT_SUPPORTED for every other class, or ERROR_INVALID_PARAMETER for NULL. */
BOOL WINAPI GetTokenInformation(HANDLE TokenHandle, TOKEN_INFORMATION_CLASS TokenInformationClass,
                                LPVOID TokenInformation, DWORD TokenInformationLength, PDWORD ReturnLength);

/* The account of an identifier: a user's or a group's name, and the computer's as its domain. The sizes are
 * characters: of the buffers, then those written without the zeros. FALSE with ERROR_NONE_MAPPED for what has
 * no account, and for every other computer; ERROR_INSUFFICIENT_BUFFER and both needed sizes;
 * ERROR_INVALID_SID, or ERROR_INVALID_PARAMETER for NULL. */
BOOL WINAPI LookupAccountSidA(LPCSTR lpSystemName, PSID Sid, LPSTR Name, LPDWORD cchName,
                              LPSTR ReferencedDomainName, LPDWORD cchReferencedDomainName,
                              PSID_NAME_USE peUse);
BOOL WINAPI LookupAccountSidW(LPCWSTR lpSystemName, PSID Sid, LPWSTR Name, LPDWORD cchName,
                              LPWSTR ReferencedDomainName, LPDWORD cchReferencedDomainName,
                              PSID_NAME_USE peUse) TCPTABLE_WIN32_WIDE(LookupAccountSidW);

/* FALSE for NULL, another revision than 1, and more than 15 numbers. */
BOOL WINAPI IsValidSid(PSID pSid);
BOOL WINAPI EqualSid(PSID pSid1, PSID pSid2);

/* Bytes; the identifier is a valid one. */
DWORD WINAPI GetLengthSid(PSID pSid);

/* FALSE with ERROR_INSUFFICIENT_BUFFER, ERROR_INVALID_SID, or ERROR_INVALID_PARAMETER for NULL. */
BOOL WINAPI CopySid(DWORD nDestinationSidLength, PSID pDestinationSid, PSID pSourceSid);

/* An identifier of up to 8 numbers for FreeSid, which gives NULL. FALSE with ERROR_INVALID_PARAMETER, or
 * ERROR_NOT_ENOUGH_MEMORY. */
BOOL WINAPI AllocateAndInitializeSid(PSID_IDENTIFIER_AUTHORITY pIdentifierAuthority, BYTE nSubAuthorityCount,
                                     DWORD nSubAuthority0, DWORD nSubAuthority1, DWORD nSubAuthority2,
                                     DWORD nSubAuthority3, DWORD nSubAuthority4, DWORD nSubAuthority5,
                                     DWORD nSubAuthority6, DWORD nSubAuthority7, PSID* pSid);
PVOID WINAPI FreeSid(PSID pSid);

/* Whether a token, or with NULL the calling process, has the identifier: its user's, its groups', that of
 * everybody (S-1-1-0), or of the administrators (S-1-5-32-544) where TokenElevation says so. */
BOOL WINAPI CheckTokenMembership(HANDLE TokenHandle, PSID SidToCheck, PBOOL IsMember);

#ifdef __cplusplus
}
#endif

#ifdef UNICODE
#define LookupAccountSid LookupAccountSidW
#define LookupPrivilegeValue LookupPrivilegeValueW
#else
#define LookupAccountSid LookupAccountSidA
#define LookupPrivilegeValue LookupPrivilegeValueA
#endif

#endif
