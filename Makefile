# SPDX-License-Identifier: MIT
# Thin wrappers over the CMake presets, each with the set-up that it needs. `cmake --preset NAME` works by itself.
JOBS ?= $(shell nproc)
PREFIX ?= /usr/local

.PHONY: all run test test-languages test-windows test-kernels check-trust bench asan tsan install clean help
all: release

.PHONY: release
release:
	@scripts/setup build
	@scripts/build release

run: release ## builds, and prints this machine's TCP table
	@build/release/tcptable || [ $$? -eq 1 ]

test: ## builds with warnings as errors, and runs the tests
	@scripts/setup build test
	@scripts/build dev
	@scripts/run-tests dev

test-languages: ## installs the runtimes of six languages (300 MB), and runs docs/languages.md's examples by them
	@scripts/setup build test languages
	@command -v npm >/dev/null || scripts/setup npm
	@[ -d build/node/node_modules/koffi ] || npm install --silent --no-audit --no-fund --prefix build/node koffi@2
	@scripts/build dev
	@ctest --preset dev -L languages

test-windows: ## installs mingw-w64 and Wine (1 GB), and compares what examples/windows print natively and under Wine
	@scripts/setup build test windows
	@scripts/build dev
	@ctest --preset dev -L windows

test-kernels: ## boots five other kernels under qemu, one of them built for it, and runs tests in them (10 minutes, the first time 15)
	@scripts/setup build test kernels
	@scripts/build dev
	@scripts/test-kernels build/dev

check-trust: ## the programme of docs/trust.md with figures: faults, fuzzing, sanitizers, valgrind (meant for 20 minutes, after its builds)
	@scripts/setup build test trust
	@scripts/check-trust

bench: ## times the table against ss, netstat and lsof on 50, 20,000 and 240,000 sockets, and single owners
	@scripts/setup build bench
	@scripts/build release
	build/release/table_bench --sockets 50 --processes 100 --runs 51
	build/release/table_bench --sockets 20000 --processes 10 --json build/bench-20k.json
	build/release/table_bench --sockets 240000 --processes 25 --runs 5 --json build/bench-240k.json
	build/release/owner_bench --sockets 20000 --processes 200
	TCPTABLE_BACKEND=bpf build/release/session_bench --sockets 50000 --processes 10
	TCPTABLE_BACKEND=bpf build/release/session_bench --sockets 100000 --processes 6 --runs 5
	TCPTABLE_BACKEND=bpf build/release/session_bench --sockets 1000000 --processes 60 --runs 5
	TCPTABLE_BACKEND=bpf build/release/session_bench --sockets 100000 --processes 1000 --plain-files 500 --runs 5

asan: ## runs the tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@scripts/setup build test
	@scripts/build asan-ubsan
	@scripts/run-tests asan-ubsan

tsan: ## runs the tests under ThreadSanitizer
	@scripts/setup build test
	@scripts/build tsan
	@scripts/run-tests tsan

install: release ## installs to PREFIX (/usr/local), below DESTDIR
	cmake --install build/release --prefix $(PREFIX)

clean: ## removes what was built
	rm -rf build

help: ## lists these
	@awk -F '## ' '/^[a-z-]+:.*## / { split($$1, name, ":"); printf "make %-14s %s\n", name[1], $$2 }' Makefile
