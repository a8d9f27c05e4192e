// SPDX-License-Identifier: MIT
// Empty: what reads GoogleTest once for all needs a source file of its own.
