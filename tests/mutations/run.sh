#!/usr/bin/env bash
# Can the tests fail? Puts each wrong formula of mutations.tsv into a scratch copy of the repository, one at a time, runs
# the checks of the papers on it up to ten seconds after the first that fails and, where they let it pass, the other tests
# of the library up to the first; writes down which of them noticed.
#
#   tests/mutations/run.sh [OUTPUT.md [NAME...]]      by default benchmarks/results/mutations.md and all mutations
#
# A line of mutations.tsv is: name, what is wrong, text as it is, text as it becomes; separated by tabs; then perhaps
# another pair of texts, for where the first is not there. A text must
# stand somewhere below src/FastSensing; all its places are changed, so that lines may move between files.
# Exit code 1: a mutation survived or its text is not there any more, or the tests fail without any.
# REF is the commit, by default HEAD; LIMIT the seconds that one run of the checks of the papers may take (the others: twice that).
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
output=${1:-$root/benchmarks/results/mutations.md}
shift || true
papers='FullyQualifiedName~PaperChecks|FullyQualifiedName~C20_'
others='FullyQualifiedName!~PaperChecks&(FullyQualifiedName~FastSensing.Tests.Solvers|FullyQualifiedName~FastSensing.Tests.Diagnostics|FullyQualifiedName~FastSensing.Tests.Initialization)'
limit=${LIMIT:-300}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
git -C "$root" archive "${REF:-HEAD}" | tar -x -C "$scratch"
git init -q "$scratch" && git -C "$scratch" add -A # Tests that read the sources find their root by it.

build() { # Analyzers have had their say; the tests themselves are compiled once.
    dotnet build "$scratch/$1" -c Release -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false -v quiet -nologo > "$scratch/build.log" 2>&1
}

check() { # Filter, seconds, and how long it goes on after a failure: names of the tests that fail, without arguments, each once; exit code 0 if none.
    timeout "$2" dotnet test "$scratch/tests/FastSensing.Tests" -c Release --no-build --filter "$1" > "$scratch/test.log" 2>&1 &
    local tests=$! code
    while kill -0 $tests 2> /dev/null && ! grep -q '^  Failed ' "$scratch/test.log"; do
        sleep 1
    done

    for ((i = 0; i < $3; i++)); do
        kill -0 $tests 2> /dev/null && sleep 1
    done

    kill $tests 2> /dev/null
    wait $tests
    code=$?
    grep -q '^  Failed ' "$scratch/test.log" && [[ $code -ne 124 ]] && code=1 # A run that was ended may say 0.
    sed -nE 's/^  Failed ([A-Za-z0-9_.]+).*/\1/p' "$scratch/test.log" | sed -E 's/.*\.([^.]+\.[^.]+)$/\1/' | sort -u
    return $code
}

places() { # Files with a text.
    grep -rlF --include='*.cs' --exclude-dir=bin --exclude-dir=obj -- "$1" "$scratch/src/FastSensing"
}

row() { # Name, what is wrong, who noticed.
    printf '| %s | %s | %s |\n' "$1" "$2" "$3" >> "$output.new"
    printf '%s: %s\n' "$1" "$3"
}

if ! build tests/FastSensing.Tests; then
    tail -20 "$scratch/build.log"; exit 1
fi

if ! before=$(check "$papers" "$limit" 0) || ! before=$(check "$others" $((2 * limit)) 0); then
    echo "The tests fail without any mutation: $before"; tail -5 "$scratch/test.log"; exit 1
fi

{
    echo "# Mutations: wrong formulas and the tests that noticed"
    echo
    echo "Written by tests/mutations/run.sh on $(date -u +%F), commit $(git -C "$root" rev-parse --short "${REF:-HEAD}"): each line of tests/mutations/mutations.tsv"
    echo "alone in a copy of the sources, then the checks of the papers (PaperChecks*, C20_*), up to ten seconds after the first that"
    echo "failed. Where these let it pass the other tests of solvers, diagnostics and starting points were run up to the first that"
    echo "failed, and the row begins with \"others\". A run that the wrong formula keeps from ending, or breaks off, counts as"
    echo "noticed; the tests it had failed until then stand behind."
    echo
    echo "| mutation | what is wrong | noticed by |"
    echo "|---|---|---|"
} > "$output.new"

bad=0
while IFS=$'\t' read -r name what old new other_old other_new; do
    [[ -z $name || $name == \#* ]] && continue
    [[ $# -gt 0 && " $* " != *" $name "* ]] && continue
    mapfile -t files < <(places "$old")
    if [[ ${#files[@]} -eq 0 && -n $other_old ]]; then
        old=$other_old new=$other_new
        mapfile -t files < <(places "$old")
    fi

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
        by=''
        caught=$(check "$papers" "$limit" 10); code=$?
        if [[ $code -eq 0 ]]; then
            by='others: '
            caught=$(check "$others" $((2 * limit)) 0); code=$?
        fi

        count=$(grep -c . <<< "$caught")
        first=$({ grep -E '\.C[0-9]+_' <<< "$caught"; grep -vE '\.C[0-9]+_' <<< "$caught"; } | head -8 | paste -sd, | sed 's/,/, /g') # Checks of the papers first.
        if [[ $code -eq 124 ]]; then
            row "$name" "$what" "${by}no end${first:+; $first}"
        elif [[ $code -eq 0 ]]; then
            row "$name" "$what" "**nobody**"; bad=1
        elif [[ $count -eq 0 ]]; then
            row "$name" "$what" "${by}the run broke off (exit code $code)"
        else
            row "$name" "$what" "$by$count: $first$([[ $count -gt 8 ]] && echo ', ...')"
        fi
    fi

    git -C "$scratch" checkout -q -- src/FastSensing
done < "$root/tests/mutations/mutations.tsv"
mv "$output.new" "$output"
exit $bad
