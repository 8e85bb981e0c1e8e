#!/usr/bin/env bash
# Every job of this repository by one verb. build.ps1 has the same verbs; a test compares the two and the README.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1

tool=artifacts/fastsensing/fastsensing
logs=artifacts/logs

usage() {
  cat <<'TEXT'
usage: ./build.sh VERB

  restore           fetch the packages that the lock files name
  build             compile everything; leaves the tool at artifacts/fastsensing/fastsensing
  test [FILTER]     build and run all tests; FILTER as in `dotnet test --filter`
  test-isa          run all tests again with AVX-512, then AVX2, then all hardware intrinsics switched off
  test-arm64        compile the kernels for Arm64 and run them under an emulator; 3 where the tools for it are missing
  coverage          lines of the kernels that no test reaches, for each instruction set
  bench [FILTER]    benchmarks; `bench results` makes the tables of benchmarks/results
  demo              recover real matrices from few measurements, and draw them
  run ARGUMENTS     build the tool and run it
  format            apply the code style
  pack              NuGet packages into artifacts/packages
  clean             delete everything that was built
  ci                test, test-isa, test-arm64 (on Linux x64) and demo, with one sum at the end
TEXT
}

build_tool() {
  dotnet publish src/FastSensing.Cli -c Release -o artifacts/fastsensing
  mv -f artifacts/fastsensing/FastSensing.Cli "$tool"
  build_libxsmm_peer
}

# The peer of `bench gemm-plan` that is not there to be loaded as it is; where libxsmm-dev or gcc is missing the bench says so.
build_libxsmm_peer() {
  if command -v gcc >/dev/null && [ -f /usr/include/libxsmm.h ]; then
    mkdir -p artifacts/fastsensing
    native/libxsmm-peer/build.sh artifacts/fastsensing/libfastsensing_libxsmm.so
  fi
}

# Runs `dotnet test` with the given arguments and keeps what it said; a run that ends badly without naming a failed
# test (it did not build, or a process died) is given one failure of its own.
test_log() {
  local name=$1
  shift
  log_run "$name" FastSensing.sln "$@"
}

# The same for a solution or project of choice.
log_run() {
  local log=$logs/$1.log what=$2 status=0
  shift 2
  mkdir -p "$logs"
  dotnet test "$what" -c Release "$@" 2>&1 | tee "$log" || status=$?
  if [ "$status" -ne 0 ] && ! grep -Eq 'Failed: +[1-9]' "$log"; then
    echo "Failed: 1, Passed: 0, Skipped: 0 (dotnet test ended with exit code $status)" | tee -a "$log"
  fi
}

# Adds up the summaries that `dotnet test` left in the named logs: one plain line, and a failure if any test failed.
sum_up() {
  cat "$@" | sed -nE 's/.*Failed: +([0-9]+), Passed: +([0-9]+), Skipped: +([0-9]+).*/\1 \2 \3/p' |
    awk '{ f += $1; p += $2; s += $3 } END { printf "%d passed, %d failed, %d skipped\n", p, f, s; exit f > 0 || p == 0 }'
}

# One leg of test-isa: a switch for the test processes only, and the instruction set that must then be dispatched.
isa_leg() {
  echo "== $1=0, expecting $2"
  test_log "isa-$1" -e "$1=0" -e "FASTSENSING_EXPECT_ISA=$2"
}

run_isa_legs() {
  rm -f "$logs"/isa-*.log
  case $(uname -m) in
    arm64 | aarch64) ;;
    *)
      isa_leg DOTNET_EnableAVX512 Simd256
      isa_leg DOTNET_EnableAVX2 Simd128
      ;;
  esac
  isa_leg DOTNET_EnableHWIntrinsic Scalar
}

# One leg of coverage: the tests that run kernels in their own process, with lines counted, and their lines that were not reached.
coverage_leg() {
  local leg=$1 project
  shift
  for project in Kernels.Tests Tests; do
    log_run "coverage-$leg-$project" "tests/FastSensing.$project" "$@" --results-directory "artifacts/coverage/$leg" \
      --filter 'FullyQualifiedName~Kernels.Tests&FullyQualifiedName!~Codegen&FullyQualifiedName!~Guards|FullyQualifiedName~Operators|FullyQualifiedName~Initialization' \
      --collect 'XPlat Code Coverage' -- \
      'DataCollectionRunSettings.DataCollectors.DataCollector.Configuration.Include=[FastSensing.Kernels]*' \
      DataCollectionRunSettings.DataCollectors.DataCollector.Configuration.SingleHit=true
  done
}

coverage() {
  rm -rf artifacts/coverage "$logs"/coverage-*.log
  coverage_leg widest
  case $(uname -m) in
    arm64 | aarch64) ;;
    *)
      coverage_leg Simd256 -e DOTNET_EnableAVX512=0 -e FASTSENSING_EXPECT_ISA=Simd256
      coverage_leg Simd128 -e DOTNET_EnableAVX2=0 -e FASTSENSING_EXPECT_ISA=Simd128
      ;;
  esac
  coverage_leg Scalar -e DOTNET_EnableHWIntrinsic=0 -e FASTSENSING_EXPECT_ISA=Scalar
  dotnet tests/FastSensing.Kernels.Tests/bin/Release/net10.0/FastSensing.Kernels.Tests.dll coverage artifacts/coverage ||
    echo 'Failed: 1, Passed: 0, Skipped: 0 (the report)' | tee "$logs/coverage-report.log"
  sum_up "$logs"/coverage-*.log
}

# What everyone runs, and one sum of the last lines; the demo counts as one test.
ci() {
  local verb verbs='test test-isa' sums=$logs/ci-sums.log demo='0 passed, 1 failed, 0 skipped'
  [ "$(uname -s)-$(uname -m)" != Linux-x86_64 ] || verbs="$verbs test-arm64"
  mkdir -p "$logs"
  rm -f "$sums"
  for verb in $verbs; do
    ./build.sh "$verb" | tee "$logs/ci-$verb.log" || true
    tail -n 1 "$logs/ci-$verb.log" >>"$sums"
  done
  ./build.sh demo && demo='1 passed, 0 failed, 0 skipped'
  echo "$demo" >>"$sums"
  awk -v expected=$(($(wc -w <<<"$verbs") + 1)) '$2 == "passed," && $4 ~ /^failed,?$/ { p += $1; f += $3; s += $5; n++ }
       END { f += expected - n; printf "%d passed, %d failed, %d skipped\n", p, f, s; exit f > 0 }' "$sums"
}

verb=${1:-help}
shift || true
case $verb in
  help) usage ;;
  restore) dotnet restore FastSensing.sln ;;
  build)
    dotnet build FastSensing.sln -c Release
    build_tool
    ;;
  test)
    test_log test ${1:+--filter "$1"}
    sum_up "$logs"/test.log
    ;;
  test-isa)
    run_isa_legs
    sum_up "$logs"/isa-*.log
    ;;
  test-arm64) native/arm64-lane/run.sh ;;
  coverage) coverage ;;
  bench)
    build_libxsmm_peer
    export FASTSENSING_LIBXSMM=${FASTSENSING_LIBXSMM:-$PWD/artifacts/fastsensing/libfastsensing_libxsmm.so}
    dotnet run -c Release --project benchmarks/FastSensing.Benchmarks -- "$@"
    ;;
  demo)
    build_tool >&2
    case " $* " in *' --out'*) ;; *) set -- "$@" --out artifacts/demo.html ;; esac
    "$tool" demo "$@"
    ;;
  run)
    build_tool >&2
    "$tool" "$@"
    ;;
  format) dotnet format FastSensing.sln ;;
  pack) dotnet pack FastSensing.sln -c Release -o artifacts/packages ;;
  clean)
    rm -rf artifacts BenchmarkDotNet.Artifacts
    find src tests benchmarks -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
    ;;
  ci) ci ;;
  *)
    echo "build.sh: there is no verb '$verb'" >&2
    usage >&2
    exit 2
    ;;
esac
