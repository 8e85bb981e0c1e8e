# Every job of this repository by one verb. build.sh has the same verbs; a test compares the two and the README.
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot
$env:DOTNET_CLI_UI_LANGUAGE = 'en'
$env:DOTNET_NOLOGO = '1'

$suffix = if ($env:OS -eq 'Windows_NT') { '.exe' } else { '' }
$tool = "artifacts/fastsensing/fastsensing$suffix"
$logs = 'artifacts/logs'

function Show-Usage {
    @'
usage: ./build.ps1 VERB

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
'@
}

# Runs a program whose output is talk, not data (hence stderr), and ends the script with its exit code when it fails.
function Invoke-Checked([string] $Program, [string[]] $Arguments) {
    & $Program @Arguments | ForEach-Object { [Console]::Error.WriteLine($_) }
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

function Build-Tool {
    Invoke-Checked dotnet @('publish', 'src/FastSensing.Cli', '-c', 'Release', '-o', 'artifacts/fastsensing')
    Move-Item -Force "artifacts/fastsensing/FastSensing.Cli$suffix" $tool
}

# Runs `dotnet test` with the given arguments and keeps what it said; a run that ends badly without naming a failed
# test (it did not build, or a process died) is given one failure of its own.
function Invoke-Tests([string] $Name, [string[]] $Arguments, [string] $What = 'FastSensing.sln') {
    New-Item -ItemType Directory -Force $logs | Out-Null
    $log = "$logs/$Name.log"
    dotnet test $What -c Release @Arguments | Tee-Object -FilePath $log | Out-Host
    $status = $LASTEXITCODE
    if ($status -ne 0 -and -not (Select-String -Path $log -Pattern 'Failed: +[1-9]' -Quiet)) {
        "Failed: 1, Passed: 0, Skipped: 0 (dotnet test ended with exit code $status)" | Tee-Object -FilePath "$logs/$Name-end.log"
    }
}

# Adds up the summaries that `dotnet test` left in the named logs: one plain line, and a failure if any test failed.
function Complete-Sum([string[]] $Names) {
    $failed = 0; $passed = 0; $skipped = 0
    $paths = Get-ChildItem $logs -Filter *.log | Where-Object { $file = $_.Name; $Names | Where-Object { $file -like $_ } }
    foreach ($match in ($paths | Select-String -Pattern 'Failed: +(\d+), Passed: +(\d+), Skipped: +(\d+)')) {
        $groups = $match.Matches[0].Groups
        $failed += [int]$groups[1].Value; $passed += [int]$groups[2].Value; $skipped += [int]$groups[3].Value
    }
    "$passed passed, $failed failed, $skipped skipped"
    exit [int]($failed -gt 0 -or $passed -eq 0)
}

# One leg of test-isa: a switch for the test processes only, and the instruction set that must then be dispatched.
function Invoke-IsaLeg([string] $Switch, [string] $Expected) {
    "== $Switch=0, expecting $Expected"
    Invoke-Tests "isa-$Switch" @('-e', "$Switch=0", '-e', "FASTSENSING_EXPECT_ISA=$Expected")
}

function Invoke-IsaLegs {
    if ([Runtime.InteropServices.RuntimeInformation]::OSArchitecture -ne 'Arm64') {
        Invoke-IsaLeg DOTNET_EnableAVX512 Simd256
        Invoke-IsaLeg DOTNET_EnableAVX2 Simd128
    }
    Invoke-IsaLeg DOTNET_EnableHWIntrinsic Scalar
}

# One leg of coverage: the tests that run kernels in their own process, with lines counted, and their lines that were not reached.
function Invoke-CoverageLeg([string] $Leg, [string[]] $Switches) {
    $filter = 'FullyQualifiedName~Kernels.Tests&FullyQualifiedName!~Codegen&FullyQualifiedName!~Guards|FullyQualifiedName~Operators|FullyQualifiedName~Initialization'
    $collector = 'DataCollectionRunSettings.DataCollectors.DataCollector.Configuration'
    foreach ($project in 'Kernels.Tests', 'Tests') {
        $arguments = $Switches + @('--results-directory', "artifacts/coverage/$Leg", '--filter', $filter, '--collect', 'XPlat Code Coverage',
            '--', "$collector.Include=[FastSensing.Kernels]*", "$collector.SingleHit=true")
        Invoke-Tests "coverage-$Leg-$project" $arguments "tests/FastSensing.$project"
    }
}

function Invoke-Coverage {
    Remove-Item -Recurse -Force artifacts/coverage -ErrorAction Ignore
    Invoke-CoverageLeg widest @()
    if ([Runtime.InteropServices.RuntimeInformation]::OSArchitecture -ne 'Arm64') {
        Invoke-CoverageLeg Simd256 @('-e', 'DOTNET_EnableAVX512=0', '-e', 'FASTSENSING_EXPECT_ISA=Simd256')
        Invoke-CoverageLeg Simd128 @('-e', 'DOTNET_EnableAVX2=0', '-e', 'FASTSENSING_EXPECT_ISA=Simd128')
    }
    Invoke-CoverageLeg Scalar @('-e', 'DOTNET_EnableHWIntrinsic=0', '-e', 'FASTSENSING_EXPECT_ISA=Scalar')
    dotnet tests/FastSensing.Kernels.Tests/bin/Release/net10.0/FastSensing.Kernels.Tests.dll coverage artifacts/coverage | Out-Host
    if ($LASTEXITCODE -ne 0) { 'Failed: 1, Passed: 0, Skipped: 0 (the report)' | Out-File "$logs/coverage-report.log" }
}

# The lane needs the compiler package and the emulator of Linux on x64; it says so itself where something else is missing.
function Invoke-Arm64Lane {
    if (-not $IsLinux) {
        [Console]::Error.WriteLine('test-arm64 cannot run here: the compiler package it uses is the one for Linux on x64')
        $global:LASTEXITCODE = 3
        return
    }
    bash native/arm64-lane/run.sh | Tee-Object -Variable lane | Out-Host
    if (($lane | Select-Object -Last 1) -match '^(\d+) passed, (\d+) failed$') {
        "Failed: $($Matches[2]), Passed: $($Matches[1]), Skipped: 0 (the Arm64 lane)" | Out-File "$logs/arm64.log"
    } else {
        'Failed: 1, Passed: 0, Skipped: 0 (the Arm64 lane)' | Out-File "$logs/arm64.log"
    }
}

# What everyone runs, and one sum; the demo counts as one test.
function Invoke-Ci {
    Invoke-Tests test
    Invoke-IsaLegs
    if ($IsLinux -and [Runtime.InteropServices.RuntimeInformation]::OSArchitecture -eq 'X64') { Invoke-Arm64Lane }
    & $PSCommandPath demo | Out-Host
    $demo = if ($LASTEXITCODE -eq 0) { 'Failed: 0, Passed: 1, Skipped: 0 (the demo)' } else { 'Failed: 1, Passed: 0, Skipped: 0 (the demo)' }
    $demo | Tee-Object -FilePath "$logs/demo.log"
    Complete-Sum '*.log'
}

$verb = if ($args.Count -gt 0) { $args[0] } else { 'help' }
$rest = @($args | Select-Object -Skip 1)
switch ($verb) {
    'help' { Show-Usage }
    'restore' { Invoke-Checked dotnet @('restore', 'FastSensing.sln') }
    'build' { Invoke-Checked dotnet @('build', 'FastSensing.sln', '-c', 'Release'); Build-Tool }
    'test' {
        Remove-Item -Force "$logs/*.log" -ErrorAction Ignore
        Invoke-Tests test @(if ($rest.Count -gt 0) { '--filter', $rest[0] })
        Complete-Sum 'test*.log'
    }
    'test-isa' {
        Remove-Item -Force "$logs/*.log" -ErrorAction Ignore
        Invoke-IsaLegs
        Complete-Sum 'isa-*.log'
    }
    'test-arm64' {
        New-Item -ItemType Directory -Force $logs | Out-Null
        Invoke-Arm64Lane
        exit $LASTEXITCODE
    }
    'coverage' {
        Remove-Item -Force "$logs/*.log" -ErrorAction Ignore
        Invoke-Coverage
        Complete-Sum 'coverage-*.log'
    }
    'bench' { Invoke-Checked dotnet (@('run', '-c', 'Release', '--project', 'benchmarks/FastSensing.Benchmarks', '--') + $rest) }
    'demo' {
        if (-not ($rest -like '--out*')) { $rest += @('--out', 'artifacts/demo.html') }
        Build-Tool
        & $tool demo @rest
        exit $LASTEXITCODE
    }
    'run' { Build-Tool; & $tool @rest; exit $LASTEXITCODE }
    'format' { Invoke-Checked dotnet @('format', 'FastSensing.sln') }
    'pack' { Invoke-Checked dotnet @('pack', 'FastSensing.sln', '-c', 'Release', '-o', 'artifacts/packages') }
    'clean' {
        Remove-Item -Recurse -Force artifacts, BenchmarkDotNet.Artifacts -ErrorAction Ignore
        Get-ChildItem src, tests, benchmarks -Recurse -Directory | Where-Object { $_.Name -in 'bin', 'obj' } |
            Sort-Object { $_.FullName.Length } | ForEach-Object { Remove-Item -Recurse -Force $_.FullName -ErrorAction Ignore }
    }
    'ci' {
        Remove-Item -Force "$logs/*.log" -ErrorAction Ignore
        Invoke-Ci
    }
    default {
        [Console]::Error.WriteLine("build.ps1: there is no verb '$verb'")
        [Console]::Error.WriteLine((Show-Usage | Out-String))
        exit 2
    }
}
