#!/usr/bin/env bash
# The Arm64 lane: compiles the kernel sources for Arm64, links them with the C harness, runs them under an emulator, and
# holds the generated code against its limits. Its last line is "N passed, N failed".
# Exit code: 0 all passed, 1 something failed, 3 a tool is missing here.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

out=artifacts/arm64-lane
lane=tests/FastSensing.Arm64Lane
tests=tests/FastSensing.Kernels.Tests
cross=aarch64-linux-gnu-gcc
here() { echo "test-arm64 cannot run here: $1" >&2; exit 3; }

[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || here 'the compiler package it uses is the one for Linux on x64'
command -v $cross >/dev/null || here "there is no $cross (Debian package gcc-aarch64-linux-gnu)"
qemu=$(command -v qemu-aarch64-static || command -v qemu-aarch64) || here 'there is no qemu-aarch64 (Debian package qemu-user-static)'
# The models of the Neoverse cores came with LLVM 17.
mca=$(for v in 21 20 19 18 17; do command -v llvm-mca-$v; done | head -n 1) || true
[ -n "$mca" ] || here 'there is no llvm-mca of version 17 or later (Debian package llvm-19)'
mkdir -p $out
dotnet restore $lane >$out/restore.log || { cat $out/restore.log >&2; here 'the compiler packages cannot be restored'; }

echo '== compile for Arm64'
dotnet build $lane -c Release --no-restore -o $out/assembly >$out/build.log || { cat $out/build.log; exit 1; }
dotnet build $tests -c Release >$out/build-tests.log || { cat $out/build-tests.log; exit 1; }
version=$(sed -nE 's/.*ILCompiler" Version="\[(.*)\]".*/\1/p' $lane/FastSensing.Arm64Lane.csproj)
packages=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: *//')
compiler=$packages/runtime.linux-x64.microsoft.dotnet.ilcompiler/$version/tools/ilc
library=$packages/microsoft.netcore.app.runtime.nativeaot.linux-arm64/$version/runtimes/linux-arm64
rm -f $out/listing.txt $out/main-*.s
# In one thread, or the listings of several methods would run into each other.
"$compiler" $out/assembly/FastSensing.Arm64Lane.dll -r "$library/native/*.dll" -r "$library/lib/net10.0/*.dll" \
  --targetos:linux --targetarch:arm64 -O --parallelism 1 -o $out/kernels.o \
  '--codegenopt:JitDisasm=FastSensing*:*' "--codegenopt:JitStdOutFile=$PWD/$out/listing.txt"

# The kernels are leaf code: of the runtime that the object refers to, nothing is linked, and a call into it ends the process.
$cross -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -ffp-contract=off native/arm64-lane/*.c $out/kernels.o \
  -Wl,--unresolved-symbols=ignore-all -Wl,--gc-sections -static -lm -o $out/lane

echo '== run under the emulator'
failed=0 passed=0
count() { passed=$((passed + $1)) failed=$((failed + $2)); }
dotnet $tests/bin/Release/net10.0/FastSensing.Kernels.Tests.dll lane-cases $out/cases.txt
"$qemu" $out/lane $out/cases.txt "$(nproc)" 2>$out/emulator.log | tee $out/lane.log || true
read -r p f < <(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p' $out/lane.log | tail -n 1 | grep . || echo 0 1)
count "$p" "$f"

echo '== generated code'
dotnet $tests/bin/Release/net10.0/FastSensing.Kernels.Tests.dll lane-code $out/listing.txt $out | tee $out/code.log || true
read -r p f < <(sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p' $out/code.log | tail -n 1 | grep . || echo 0 1)
count "$p" "$f"

# What a model of a core makes of the main tiles' loops: cycles for their multiply-adds at the core's best, over cycles for all.
echo '== a prediction, not a measurement: share of the multiply-add bound, by the models of llvm-mca'
for loop in $out/main-*.s; do
  name=$(basename "$loop" .s)
  for core in neoverse-n1:2 neoverse-v1:4 neoverse-v2:4; do # fmla of 128 bits a cycle
    "$mca" -mtriple=aarch64-linux-gnu -mcpu=${core%:*} -iterations=1000 "$loop" 2>/dev/null |
      awk -v name="$name" -v core=${core%:*} -v rate=${core#*:} -v adds="$(grep -c '^fmla ' "$loop")" \
        '/^Total Cycles/ { printf "model: %-44s %-12s %5.1f %%\n", name, core, 100 * adds * 1000 / rate / $3; found = 1 } END { exit !found }' &&
      count 1 0 || { echo "model: $name $core: no prediction"; count 0 1; }
  done
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
