// SPDX-License-Identifier: MIT
// Work that several threads share.
#include "tcptable/output/parallel.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <vector>

namespace {

constexpr unsigned kThreads = 4;
constexpr std::size_t kPieces = 200;

struct Made {
  std::array<std::size_t, kThreads> by_thread{};
  std::vector<std::size_t> put;
};

TEST(Pieces, ArePutInTheirOrderHoweverLongEachTakes) {
  Made made;
  tool::in_turn(
      kThreads, kPieces,
      [&](unsigned thread, std::size_t piece) {
        if (piece % 7 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        made.by_thread[thread] = piece;
      },
      [&](unsigned thread) { made.put.push_back(made.by_thread[thread]); });
  ASSERT_EQ(made.put.size(), kPieces);
  for (std::size_t piece = 0; piece < kPieces; ++piece) EXPECT_EQ(made.put[piece], piece);
}

TEST(Pieces, AreMadeWhileAnotherIsPut) {
  std::atomic<bool> second_is_made{false};
  const auto made_meanwhile = [&] {
    for (int tenths = 0; tenths < 100'000 && !second_is_made; ++tenths)
      std::this_thread::sleep_for(std::chrono::microseconds(100));
    return second_is_made.load();
  };
  bool overlap = false;
  bool first = true;
  tool::in_turn(
      2, 2, [&](unsigned, std::size_t piece) { second_is_made = second_is_made || piece == 1; },
      [&](unsigned) {
        if (first) overlap = made_meanwhile();
        first = false;
      });
  EXPECT_TRUE(overlap);
}

TEST(Pieces, EndWithWhatOneOfThemThrewAndNothingBehindItIsPut) {
  constexpr std::size_t kBroken = 20;
  Made made;
  const auto make = [&](unsigned thread, std::size_t piece) {
    if (piece == kBroken) throw std::runtime_error("broken");
    made.by_thread[thread] = piece;
  };
  const auto put = [&](unsigned thread) { made.put.push_back(made.by_thread[thread]); };
  EXPECT_THROW(tool::in_turn(kThreads, kPieces, make, put), std::runtime_error);
  EXPECT_LE(made.put.size(), kBroken);
}

TEST(Pieces, OfOneThreadAreMadeAndPutOneAfterTheOther) {
  std::vector<std::size_t> made;
  std::size_t put = 0;
  tool::in_turn(
      1, 3, [&](unsigned, std::size_t piece) { made.push_back(piece); },
      [&](unsigned) { EXPECT_EQ(made.size(), ++put); });
  EXPECT_EQ(put, 3U);
}

}  // namespace
