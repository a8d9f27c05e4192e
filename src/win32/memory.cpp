// SPDX-License-Identifier: MIT
// The Heap, Local and Global functions over win32/heap.hpp.
#include "win32/export.hpp"
#include "win32/heap.hpp"
#include "win32/last_error.hpp"

#include <windows.h>

#include <new>

using tcptable::win32::fail_with;
using tcptable::win32::Fill;
using tcptable::win32::Heap;
using tcptable::win32::process_heap;

namespace {

constexpr SIZE_T kNoSize = static_cast<SIZE_T>(-1);

Heap* heap_of(HANDLE handle) {
  return static_cast<Heap*>(handle);
}

Fill fill_of(DWORD flags, DWORD zero_flag) {
  return (flags & zero_flag) != 0 ? Fill::zero : Fill::none;
}

void* or_no_memory(void* memory) {
  return memory != nullptr ? memory : fail_with<void*>(ERROR_NOT_ENOUGH_MEMORY, nullptr);
}

// What the Heap functions that take a block want of it.
bool is_block_of(HANDLE heap, LPCVOID memory) {
  if (heap == nullptr) return fail_with(ERROR_INVALID_HANDLE, false);
  if (memory != nullptr && heap_of(heap)->owns(memory)) return true;
  return fail_with(ERROR_INVALID_PARAMETER, false);
}

bool is_process_block(const void* memory) {
  if (memory != nullptr && process_heap().owns(memory)) return true;
  return fail_with(ERROR_INVALID_HANDLE, false);
}

}  // namespace

TCPTABLE_WIN32_EXPORT HANDLE WINAPI GetProcessHeap(void) {
  return &process_heap();
}

TCPTABLE_WIN32_EXPORT HANDLE WINAPI HeapCreate(DWORD /*flOptions*/, SIZE_T dwInitialSize,
                                               SIZE_T dwMaximumSize) {
  if (dwMaximumSize != 0 && dwInitialSize > dwMaximumSize)
    return fail_with<HANDLE>(ERROR_INVALID_PARAMETER, nullptr);
  return or_no_memory(new (std::nothrow) Heap(Heap::Kind::destroyable, dwMaximumSize));
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI HeapDestroy(HANDLE hHeap) {
  if (hHeap == nullptr || hHeap == GetProcessHeap()) return fail_with(ERROR_INVALID_HANDLE, FALSE);
  delete heap_of(hHeap);
  return TRUE;
}

TCPTABLE_WIN32_EXPORT LPVOID WINAPI HeapAlloc(HANDLE hHeap, DWORD dwFlags, SIZE_T dwBytes) {
  if (hHeap == nullptr) return fail_with<LPVOID>(ERROR_INVALID_HANDLE, nullptr);
  return or_no_memory(heap_of(hHeap)->allocate(dwBytes, fill_of(dwFlags, HEAP_ZERO_MEMORY)));
}

TCPTABLE_WIN32_EXPORT LPVOID WINAPI HeapReAlloc(HANDLE hHeap, DWORD dwFlags, LPVOID lpMem, SIZE_T dwBytes) {
  if (!is_block_of(hHeap, lpMem)) return nullptr;
  if ((dwFlags & HEAP_REALLOC_IN_PLACE_ONLY) != 0) return or_no_memory(Heap::shrink(lpMem, dwBytes));
  return or_no_memory(heap_of(hHeap)->resize(lpMem, dwBytes, fill_of(dwFlags, HEAP_ZERO_MEMORY)));
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI HeapFree(HANDLE hHeap, DWORD /*dwFlags*/, LPVOID lpMem) {
  if (lpMem == nullptr) return TRUE;
  if (!is_block_of(hHeap, lpMem)) return FALSE;
  heap_of(hHeap)->release(lpMem);
  return TRUE;
}

TCPTABLE_WIN32_EXPORT SIZE_T WINAPI HeapSize(HANDLE hHeap, DWORD /*dwFlags*/, LPCVOID lpMem) {
  return is_block_of(hHeap, lpMem) ? Heap::size_of(lpMem) : kNoSize;
}

TCPTABLE_WIN32_EXPORT HLOCAL WINAPI LocalAlloc(UINT uFlags, SIZE_T uBytes) {
  return or_no_memory(process_heap().allocate(uBytes, fill_of(uFlags, LMEM_ZEROINIT)));
}

TCPTABLE_WIN32_EXPORT HLOCAL WINAPI LocalReAlloc(HLOCAL hMem, SIZE_T uBytes, UINT uFlags) {
  if (!is_process_block(hMem)) return nullptr;
  return or_no_memory(process_heap().resize(hMem, uBytes, fill_of(uFlags, LMEM_ZEROINIT)));
}

TCPTABLE_WIN32_EXPORT SIZE_T WINAPI LocalSize(HLOCAL hMem) {
  return is_process_block(hMem) ? Heap::size_of(hMem) : 0;
}

TCPTABLE_WIN32_EXPORT HLOCAL WINAPI LocalFree(HLOCAL hMem) {
  if (hMem == nullptr) return nullptr;
  if (!is_process_block(hMem)) return hMem;
  process_heap().release(hMem);
  return nullptr;
}

// The flags of global memory have the values of local memory's.
TCPTABLE_WIN32_EXPORT HGLOBAL WINAPI GlobalAlloc(UINT uFlags, SIZE_T dwBytes) {
  return LocalAlloc(uFlags, dwBytes);
}

TCPTABLE_WIN32_EXPORT HGLOBAL WINAPI GlobalReAlloc(HGLOBAL hMem, SIZE_T dwBytes, UINT uFlags) {
  return LocalReAlloc(hMem, dwBytes, uFlags);
}

TCPTABLE_WIN32_EXPORT SIZE_T WINAPI GlobalSize(HGLOBAL hMem) {
  return LocalSize(hMem);
}

TCPTABLE_WIN32_EXPORT HGLOBAL WINAPI GlobalFree(HGLOBAL hMem) {
  return LocalFree(hMem);
}

TCPTABLE_WIN32_EXPORT LPVOID WINAPI GlobalLock(HGLOBAL hMem) {
  return is_process_block(hMem) ? hMem : nullptr;
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI GlobalUnlock(HGLOBAL hMem) {
  return is_process_block(hMem) ? fail_with(NO_ERROR, FALSE) : FALSE;
}
