#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh SUITE BUILD [VARIANT]: boots a Debian suite's kernel under qemu, without KVM, and runs the contract tests in it.
# VARIANT: no_diag (no sock_diag modules), no_bpf (sock_diag forced), locked (lockdown=confidentiality).
# Exit status 77, and a line that says so: this kernel can't be had.
set -eu
suite=$1
build=$(realpath "$2")
variant=${3:-plain}
here=$(dirname "$(realpath "$0")")
kernel=$build/kernels/$suite
work=$build/kernels/$suite-$variant
tests="contract_events_test contract_states_test contract_owners_test contract_agreement_test contract_connection_test \
  trust_privileges_test"

sh "$here/fetch.sh" "$suite" "$kernel" || {
  echo "SKIP: the kernel of $suite can't be had"
  exit 77
}

# A program with the libraries that it needs, at the same paths.
add_program() {
  mkdir -p "$work/root/$2"
  cp "$1" "$work/root/$2/"
  ldd "$1" | sed -n 's/.*\(=> \|^\t\)\(\/[^ ]*\).*/\2/p' | while read -r library; do
    mkdir -p "$work/root$(dirname "$library")"
    cp -Ln "$library" "$work/root$library"
  done
}

rm -rf "$work"
mkdir -p "$work/root/bin" "$work/root/proc" "$work/root/sys" "$work/root/dev" "$work/root/tmp" "$work/root/modules"
cp "$(command -v busybox)" "$work/root/bin/busybox"
for applet in sh mount mkdir ip insmod uname grep sed sort head poweroff cat; do ln -s busybox "$work/root/bin/$applet"; done
cp "$here/init" "$work/root/init"
chmod +x "$work/root/init"
add_program "$build/tcptable" bin
for test in $tests; do add_program "$build/$test" tests; done
append="console=ttyS0 quiet panic=-1"
find "$kernel" -name '*.ko' -exec cp {} "$work/root/modules/" \;
case $variant in
  no_diag)
    rm -f "$work/root/modules/"*_diag.ko
    sed -i "s/^export PATH/export GTEST_FILTER='*procfs*:*bpf*' PATH/" "$work/root/init"
    ;;
  no_bpf) sed -i 's/^export PATH/export TCPTABLE_BACKEND=sock_diag PATH/' "$work/root/init" ;;
  locked) append="$append lockdown=confidentiality lsm=lockdown" ;;
esac
(cd "$work/root" && find . | cpio --quiet -o -H newc | gzip -1) >"$work/initramfs"

log=$work/console.log
timeout 600 qemu-system-x86_64 -accel tcg -cpu max -m 2048 -smp 2 -nographic -no-reboot -kernel "$kernel/vmlinuz" \
  -initrd "$work/initramfs" -append "$append" </dev/null >"$log" 2>&1 || true
# The console's first bytes clear the screen.
tr -d '\r' <"$log" | sed -n 's/^.*kernel: /kernel: /; /^kernel: /,$p'
grep -q '^guest: done' "$log" || {
  echo "the guest did not come to its end; see $log"
  exit 1
}
! tr -d '\r' <"$log" | grep -q '^result: .* [1-9]'
