#!/usr/bin/env bash
# Can the tests fail? Puts each wrong formula of mutations.tsv into a scratch copy of the repository, one at a time, runs
# the tests of the library on it and writes down which of them noticed.
#
#   tests/mutations/run.sh [OUTPUT.md [NAME...]]      by default benchmarks/results/mutations.md and all mutations
#
# A line of mutations.tsv is: name, what is wrong, text as it is, text as it becomes; separated by tabs. The text must
# stand somewhere below src/FastSensing; all its places are changed, so that lines may move between files.
# Exit code 1: a mutation survived or its text is not there any more, or the tests fail without any.
# FILTER chooses the tests, LIMIT the seconds that one run of them may take.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
output=${1:-$root/benchmarks/results/mutations.md}
shift || true
filter=${FILTER:-FullyQualifiedName~FastSensing.Tests.Solvers|FullyQualifiedName~FastSensing.Tests.Diagnostics|FullyQualifiedName~FastSensing.Tests.Initialization}
limit=${LIMIT:-600}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
git -C "$root" archive HEAD | tar -x -C "$scratch"
git init -q "$scratch" && git -C "$scratch" add -A # Tests that read the sources find their root by it.

build() { # Analyzers have had their say; the tests themselves are compiled once.
    dotnet build "$scratch/$1" -c Release -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false -v quiet -nologo > "$scratch/build.log" 2>&1
}

check() { # Names of the tests that fail, without arguments, each once; the exit code is that of the tests.
    timeout "$limit" dotnet test "$scratch/tests/FastSensing.Tests" -c Release --no-build --filter "$filter" > "$scratch/test.log" 2>&1
    local code=$?
    sed -nE 's/^  Failed ([A-Za-z0-9_.]+).*/\1/p' "$scratch/test.log" | sed -E 's/.*\.([^.]+\.[^.]+)$/\1/' | sort -u
    return $code
}

row() { # Name, what is wrong, who noticed.
    printf '| %s | %s | %s |\n' "$1" "$2" "$3" >> "$output.new"
    printf '%s: %s\n' "$1" "$3"
}

if ! build tests/FastSensing.Tests; then
    tail -20 "$scratch/build.log"; exit 1
fi

if ! before=$(check); then
    echo "The tests fail without any mutation: $before"; tail -5 "$scratch/test.log"; exit 1
fi

{
    echo "# Mutations: wrong formulas and the tests that noticed"
    echo
    echo "Written by tests/mutations/run.sh on $(date -u +%F), commit $(git -C "$root" rev-parse --short HEAD): each line of tests/mutations/mutations.tsv"
    echo "alone in a copy of the sources, then the tests of solvers, diagnostics and starting points."
    echo
    echo "| mutation | what is wrong | noticed by |"
    echo "|---|---|---|"
} > "$output.new"

bad=0
while IFS=$'\t' read -r name what old new; do
    [[ -z $name || $name == \#* ]] && continue
    [[ $# -gt 0 && " $* " != *" $name "* ]] && continue
    mapfile -t files < <(grep -rlF --include='*.cs' --exclude-dir=bin --exclude-dir=obj -- "$old" "$scratch/src/FastSensing")
    if [[ ${#files[@]} -eq 0 ]]; then
        row "$name" "$what" "**not applied: the text is not there**"; bad=1; continue
    fi

    for file in "${files[@]}"; do
        text=$(cat "$file"; echo .)
        text=${text%.}
        printf '%s' "${text//"$old"/"$new"}" > "$file"
    done

    if ! build src/FastSensing; then
        row "$name" "$what" "**not applied: it does not compile**"; bad=1
    else
        cp "$scratch"/src/FastSensing/bin/Release/net*/FastSensing.dll "$scratch"/tests/FastSensing.Tests/bin/Release/net*/
        caught=$(check); code=$?
        count=$(grep -c . <<< "$caught")
        first=$(head -6 <<< "$caught" | paste -sd, | sed 's/,/, /g')
        if [[ $code -eq 124 ]]; then
            row "$name" "$what" "no end within $limit s${first:+; $first}"
        elif [[ $code -eq 0 || $count -eq 0 && $code -eq 1 ]]; then
            row "$name" "$what" "**nobody**"; bad=1
        else
            row "$name" "$what" "$count: $first$([[ $count -gt 6 ]] && echo ', ...')"
        fi
    fi

    git -C "$scratch" checkout -q -- src/FastSensing
done < "$root/tests/mutations/mutations.tsv"
mv "$output.new" "$output"
exit $bad
