#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh KERNEL BUILD VARIANT [OBSTACLE...]: boots a kernel under qemu, without KVM, and runs the tests in it. KERNEL: a Debian
# suite, whose kernel is fetched, or the name of a .config beside this file, by which one is built. VARIANT: plain, no_diag (no
# sock_diag modules), no_bpf (sock_diag forced), locked (lockdown=confidentiality). The OBSTACLEs are those that `tcptable
# doctor` is to find, and no others.
# Exit status 77, and a line that says why: this kernel can't be had.
set -eu
name=$1
build=$(realpath "$2")
variant=$3
shift 3
obstacles=$*
here=$(dirname "$(realpath "$0")")
kernel=$build/kernels/$name
work=$build/kernels/$name-$variant
tests="contract_events_test contract_states_test contract_owners_test contract_agreement_test contract_connection_test \
  contract_diagnosis_test contract_churn_test trust_privileges_test trust_wrong_close_test close_race_test \
  win32_connection_test cli_close_test cli_doctor_test socket_walks_test"

if [ -e "$here/$name.config" ]; then
  sh "$here/build.sh" "$here/$name.config" "$kernel" || exit $?
else
  sh "$here/fetch.sh" "$name" "$kernel" || exit $?
fi

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
for applet in sh mount mkdir ip insmod uname grep sed sort uniq head reboot cat awk; do
  ln -s busybox "$work/root/bin/$applet"
done
cp "$here/init" "$work/root/init"
cp "$here/../../scripts/churn-figures" "$work/root/bin/"
chmod +x "$work/root/init"
add_program "$build/tcptable" bin
mkdir -p "$work/root$build"
ln -s /bin/tcptable "$work/root$build/tcptable" # where the tests look for it
for test in $tests; do add_program "$build/$test" tests; done
append="console=ttyS0 quiet panic=-1"
find "$kernel" -name '*.ko' -exec cp {} "$work/root/modules/" \;
case $variant in
  no_diag)
    rm -f "$work/root/modules/"*_diag.ko
    sed -i "s/^export PATH/export GTEST_FILTER='*procfs*:*bpf*:Tables*' PATH/" "$work/root/init"
    ;;
  no_bpf) sed -i 's/^export PATH/export TCPTABLE_BACKEND=sock_diag PATH/' "$work/root/init" ;;
  locked) append="$append lockdown=confidentiality lsm=lockdown" ;;
esac
(cd "$work/root" && find . | cpio --quiet -o -H newc | gzip -1) >"$work/initramfs"

console=$work/console.log
timeout 600 qemu-system-x86_64 -accel tcg -cpu max -m 2048 -smp 2 -nographic -no-reboot -kernel "$kernel/vmlinuz" \
  -initrd "$work/initramfs" -append "$append" </dev/null >"$console" 2>&1 || true
# The console's first bytes clear the screen.
log=$work/log
tr -d '\r' <"$console" | sed -n 's/^.*kernel: /kernel: /; /^kernel: /,$p' >"$log"
cat "$log"
grep -q '^guest: done' "$log" || {
  echo "the guest did not come to its end; see $console"
  exit 1
}
found=$(sed '/^$/q' "$log" | awk '$2 == "limited" || $2 == "no" { print $1 }' | xargs)
[ "$found" = "$obstacles" ] || {
  echo "tcptable doctor found: $found; expected: $obstacles"
  exit 1
}
! grep -q '^result: .* [1-9]' "$log"
