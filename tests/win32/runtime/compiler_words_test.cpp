// SPDX-License-Identifier: MIT
// Words of Microsoft's compiler and of Windows' kernel headers, as programs write them.
#include <gtest/gtest.h>
#include <windows.h>

#include <winternl.h>

namespace {

extern "C" __declspec(dllexport) int exported_function();
int exported_function() {
  return 3;
}

struct __declspec(novtable) Base {
  virtual ~Base() = default;
};

struct __declspec(align(32)) Aligned {
  char byte;
};

_declspec(thread) int own_number = 1;
_declspec(noinline) int not_inlined(int number) {
  return number + own_number;
}

TEST(Declspec, SaysWhatTheAttributeOfItsNameSays) {
  EXPECT_EQ(exported_function(), 3);
  EXPECT_EQ(alignof(Aligned), 32U);
  EXPECT_EQ(not_inlined(1), 2);
  const Base base;
}

TEST(NtStatus, IsToldApartByItsTopBits) {
  EXPECT_TRUE(NT_SUCCESS(0));
  EXPECT_TRUE(NT_SUCCESS(STATUS_PENDING));
  EXPECT_TRUE(NT_SUCCESS(0x40000000));
  EXPECT_TRUE(NT_INFORMATION(0x40000000));
  EXPECT_FALSE(NT_SUCCESS(0xC0000022));
  EXPECT_TRUE(NT_ERROR(0xC0000022));
  EXPECT_TRUE(NT_WARNING(0x80000005));
}

TEST(InterlockedPointer, GivesWhatWasThereAndChangesIfItIsAsExpected) {
  int first = 0;
  int second = 0;
  PVOID shared = &first;
  EXPECT_EQ(InterlockedCompareExchangePointer(&shared, &second, nullptr), &first);
  EXPECT_EQ(shared, &first) << "it was not null";
  EXPECT_EQ(InterlockedCompareExchangePointer(&shared, &second, &first), &first);
  EXPECT_EQ(InterlockedExchangePointer(&shared, nullptr), &second);
  EXPECT_EQ(shared, nullptr);
}

}  // namespace
