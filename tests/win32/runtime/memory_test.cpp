// SPDX-License-Identifier: MIT
// Heap, Local and Global memory as a program sees them.
#include <gtest/gtest.h>
#include <windows.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <thread>
#include <vector>

namespace {

constexpr SIZE_T kNoSize = static_cast<SIZE_T>(-1);

bool all_zero(const void* memory, std::size_t from, std::size_t to) {
  const auto* bytes = static_cast<const unsigned char*>(memory);
  return std::all_of(bytes + from, bytes + to, [](unsigned char byte) { return byte == 0; });
}

TEST(Heap, SizeIsExactlyWhatWasAskedFor) {
  for (const SIZE_T size : {0U, 1U, 15U, 16U, 17U, 4096U, 100001U}) {
    void* const block = HeapAlloc(GetProcessHeap(), 0, size);
    ASSERT_NE(block, nullptr);
    EXPECT_EQ(HeapSize(GetProcessHeap(), 0, block), size);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % 16, 0U);
    EXPECT_TRUE(HeapFree(GetProcessHeap(), 0, block));
  }
}

TEST(Heap, BlocksOfNoBytesHaveAddressesOfTheirOwn) {
  void* const one = HeapAlloc(GetProcessHeap(), 0, 0);
  void* const other = HeapAlloc(GetProcessHeap(), 0, 0);
  ASSERT_NE(one, nullptr);
  EXPECT_NE(one, other);
  HeapFree(GetProcessHeap(), 0, one);
  HeapFree(GetProcessHeap(), 0, other);
}

TEST(Heap, ZeroMemoryFlagZeroesTheBlock) {
  void* const block = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, 1000);
  ASSERT_NE(block, nullptr);
  EXPECT_TRUE(all_zero(block, 0, 1000));
  HeapFree(GetProcessHeap(), 0, block);
}

TEST(Heap, ImpossibleSizesGiveNoMemory) {
  for (const SIZE_T size : {SIZE_MAX, SIZE_MAX - 16, static_cast<SIZE_T>(PTRDIFF_MAX)}) {
    SetLastError(NO_ERROR);
    EXPECT_EQ(HeapAlloc(GetProcessHeap(), 0, size), nullptr);
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NOT_ENOUGH_MEMORY));
    EXPECT_EQ(LocalAlloc(LPTR, size), nullptr);
  }
}

TEST(Heap, ReAllocKeepsTheContentsAndZeroesOnlyWhatIsNew) {
  void* block = HeapAlloc(GetProcessHeap(), 0, 10);
  std::memset(block, 'x', 10);
  block = HeapReAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, block, 5000);
  ASSERT_NE(block, nullptr);
  EXPECT_EQ(std::memcmp(block, "xxxxxxxxxx", 10), 0);
  EXPECT_TRUE(all_zero(block, 10, 5000));
  EXPECT_EQ(HeapSize(GetProcessHeap(), 0, block), 5000U);
  HeapFree(GetProcessHeap(), 0, block);
}

TEST(Heap, ReAllocInPlaceShrinksAndDoesNotGrow) {
  void* const block = HeapAlloc(GetProcessHeap(), 0, 100);
  EXPECT_EQ(HeapReAlloc(GetProcessHeap(), HEAP_REALLOC_IN_PLACE_ONLY, block, 40), block);
  EXPECT_EQ(HeapSize(GetProcessHeap(), 0, block), 40U);
  EXPECT_EQ(HeapReAlloc(GetProcessHeap(), HEAP_REALLOC_IN_PLACE_ONLY, block, 41), nullptr);
  EXPECT_EQ(HeapSize(GetProcessHeap(), 0, block), 40U);
  HeapFree(GetProcessHeap(), 0, block);
}

TEST(Heap, FailedReAllocLeavesTheBlock) {
  void* const block = HeapAlloc(GetProcessHeap(), 0, 4);
  std::memcpy(block, "abc", 4);
  EXPECT_EQ(HeapReAlloc(GetProcessHeap(), 0, block, SIZE_MAX), nullptr);
  EXPECT_STREQ(static_cast<char*>(block), "abc");
  EXPECT_EQ(HeapSize(GetProcessHeap(), 0, block), 4U);
  HeapFree(GetProcessHeap(), 0, block);
}

TEST(Heap, FreeTakesNullAndRefusesNoHeap) {
  EXPECT_TRUE(HeapFree(GetProcessHeap(), 0, nullptr));
  void* const block = HeapAlloc(GetProcessHeap(), 0, 4);
  EXPECT_FALSE(HeapFree(nullptr, 0, block));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_HANDLE));
  EXPECT_EQ(HeapSize(nullptr, 0, block), kNoSize);
  EXPECT_EQ(HeapAlloc(nullptr, 0, 4), nullptr);
  EXPECT_TRUE(HeapFree(GetProcessHeap(), 0, block));
}

TEST(PrivateHeap, RefusesTheBlocksOfAnother) {
  const HANDLE heap = HeapCreate(0, 0, 0);
  ASSERT_NE(heap, nullptr);
  void* const own = HeapAlloc(heap, 0, 10);
  EXPECT_FALSE(HeapFree(GetProcessHeap(), 0, own));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
  EXPECT_EQ(HeapSize(GetProcessHeap(), 0, own), kNoSize);
  EXPECT_EQ(HeapReAlloc(GetProcessHeap(), 0, own, 20), nullptr);
  EXPECT_EQ(HeapSize(heap, 0, own), 10U);
  EXPECT_TRUE(HeapFree(heap, 0, own));
  EXPECT_TRUE(HeapDestroy(heap));
}

// The address sanitizer's leak check is the judge of the blocks that are left.
TEST(PrivateHeap, DestroyFreesWhatIsLeft) {
  const HANDLE heap = HeapCreate(HEAP_NO_SERIALIZE, 4096, 0);
  std::vector<void*> blocks;
  for (int i = 0; i < 100; ++i) blocks.push_back(HeapAlloc(heap, 0, 64));
  for (std::size_t i = 0; i < blocks.size(); i += 3) EXPECT_TRUE(HeapFree(heap, 0, blocks[i]));
  blocks[1] = HeapReAlloc(heap, 0, blocks[1], 100000);
  EXPECT_EQ(HeapSize(heap, 0, blocks[1]), 100000U);
  EXPECT_TRUE(HeapDestroy(heap));
}

TEST(PrivateHeap, KeepsItsMaximumSize) {
  EXPECT_EQ(HeapCreate(0, 2000, 1000), nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
  const HANDLE heap = HeapCreate(0, 0, 1000);
  void* const block = HeapAlloc(heap, 0, 600);
  ASSERT_NE(block, nullptr);
  EXPECT_EQ(HeapAlloc(heap, 0, 600), nullptr);
  EXPECT_EQ(HeapReAlloc(heap, 0, block, 1200), nullptr);
  EXPECT_TRUE(HeapFree(heap, 0, block));
  EXPECT_NE(HeapAlloc(heap, 0, 600), nullptr);
  EXPECT_TRUE(HeapDestroy(heap));
}

TEST(PrivateHeap, ShrinkingInPlaceMakesRoomUnderTheMaximum) {
  const HANDLE heap = HeapCreate(0, 0, 1000);
  void* const block = HeapAlloc(heap, 0, 800);
  EXPECT_EQ(HeapAlloc(heap, 0, 400), nullptr);
  EXPECT_EQ(HeapReAlloc(heap, HEAP_REALLOC_IN_PLACE_ONLY, block, 100), block);
  EXPECT_NE(HeapAlloc(heap, 0, 400), nullptr);
  EXPECT_TRUE(HeapDestroy(heap));
}

TEST(PrivateHeap, TheProcessHeapCannotBeDestroyed) {
  EXPECT_FALSE(HeapDestroy(GetProcessHeap()));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_HANDLE));
  EXPECT_FALSE(HeapDestroy(nullptr));
}

TEST(PrivateHeap, ServesSeveralThreads) {
  const HANDLE heap = HeapCreate(0, 0, 0);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([heap] {
      for (int i = 0; i < 500; ++i) {
        void* const block = HeapReAlloc(heap, 0, HeapAlloc(heap, 0, 16), 200);
        EXPECT_EQ(HeapSize(heap, 0, block), 200U);
        if (i % 2 == 0) HeapFree(heap, 0, block);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_TRUE(HeapDestroy(heap));
}

TEST(LocalMemory, FreeReturnsNullOnSuccess) {
  const HLOCAL memory = LocalAlloc(LPTR, 33);
  ASSERT_NE(memory, nullptr);
  EXPECT_TRUE(all_zero(memory, 0, 33));
  EXPECT_EQ(LocalSize(memory), 33U);
  EXPECT_EQ(LocalFree(memory), nullptr);
  EXPECT_EQ(LocalFree(nullptr), nullptr);
}

TEST(LocalMemory, ReAllocKeepsTheContents) {
  HLOCAL memory = LocalAlloc(LMEM_FIXED, 4);
  std::memcpy(memory, "abc", 4);
  memory = LocalReAlloc(memory, 3000, LMEM_MOVEABLE | LMEM_ZEROINIT);
  ASSERT_NE(memory, nullptr);
  EXPECT_STREQ(static_cast<char*>(memory), "abc");
  EXPECT_TRUE(all_zero(memory, 4, 3000));
  EXPECT_EQ(LocalFree(memory), nullptr);
}

TEST(LocalMemory, NullHasNoSize) {
  SetLastError(NO_ERROR);
  EXPECT_EQ(LocalSize(nullptr), 0U);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_HANDLE));
  EXPECT_EQ(LocalReAlloc(nullptr, 10, 0), nullptr);
}

TEST(LocalMemory, BlocksOfAPrivateHeapAreRefused) {
  const HANDLE heap = HeapCreate(0, 0, 0);
  void* const block = HeapAlloc(heap, 0, 10);
  EXPECT_EQ(LocalFree(block), block);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_HANDLE));
  EXPECT_TRUE(HeapDestroy(heap));
}

TEST(GlobalMemory, LockedMemoryIsTheHandle) {
  const HGLOBAL memory = GlobalAlloc(GHND, 50);
  ASSERT_NE(memory, nullptr);
  EXPECT_EQ(GlobalSize(memory), 50U);
  void* const locked = GlobalLock(memory);
  ASSERT_EQ(locked, memory);
  EXPECT_TRUE(all_zero(locked, 0, 50));
  EXPECT_FALSE(GlobalUnlock(memory));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(NO_ERROR));
  EXPECT_EQ(GlobalFree(memory), nullptr);
}

TEST(Memory, MacrosFillAndCopy) {
  char text[8];
  FillMemory(text, sizeof(text), 'x');
  CopyMemory(text, "ab", 2);
  MoveMemory(text + 1, text, 2);
  ZeroMemory(text + 4, 4);
  EXPECT_STREQ(text, "aabx");
}

}  // namespace
