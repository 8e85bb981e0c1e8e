/* A small BLAS with one chosen fault, for the tests of what is done about bad libraries. Macros of the compiler's command
   line choose the fault; without any it is slow and right. It exports only names of CBLAS, ilaver and a few of OpenBLAS.

   INTEGER          type of integers of the CBLAS names (int unless told)
   WRITTEN          type of the integers that ilaver writes (INTEGER unless told)
   SUFFIX           appended to the names
   MISSING_SYMBOL   without trsm
   CRASH_ON_LOAD    ends the process when it is loaded
   CRASH_ON_CALL    writes to address 0 at the first product
   WRONG_RESULTS    every product has one wrong element
   HANG             products never return
   THREAD_LIMIT     ends the process when more callers than this are inside at once; runs at most so many threads
   IGNORES_THREADS  always says that it runs 64 threads
   MARK             creates the file of this name when it is loaded */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#ifndef INTEGER
#define INTEGER int
#endif
#ifndef WRITTEN
#define WRITTEN INTEGER
#endif
#ifndef SUFFIX
#define SUFFIX
#endif
#define JOIN3(a, b, c) a##b##c
#define NAME3(a, b, c) JOIN3(a, b, c)

typedef INTEGER integer;
enum { TRANSPOSED = 112, LOWER = 122, RIGHT = 142 };

static int inside;

static void enter(void)
{
    int callers = __atomic_add_fetch(&inside, 1, __ATOMIC_SEQ_CST);
    (void)callers;
#ifdef THREAD_LIMIT
    usleep(20000);
    if (callers > THREAD_LIMIT) {
        fprintf(stderr, "fake BLAS: too many callers\n");
        _exit(70);
    }
#endif
#ifdef CRASH_ON_CALL
    *(volatile int *)0 = 1;
#endif
#ifdef HANG
    for (;;)
        sleep(1);
#endif
}

static void leave(void) { __atomic_sub_fetch(&inside, 1, __ATOMIC_SEQ_CST); }

#define REAL double
#define FN(x) d##x
#define ROUTINE(x) NAME3(cblas_d, x, SUFFIX)
#include "routines.h"
#undef REAL
#undef FN
#undef ROUTINE
#define REAL float
#define FN(x) s##x
#define ROUTINE(x) NAME3(cblas_s, x, SUFFIX)
#include "routines.h"

void NAME3(ilaver, _, SUFFIX)(WRITTEN *major, WRITTEN *minor, WRITTEN *patch)
{
    *major = 3;
    *minor = 0;
    *patch = 0;
}

static int threads = 64;

const char *NAME3(openblas, _get_config, SUFFIX)(void) { return "fake BLAS 1.0"; }

const char *NAME3(openblas, _get_corename, SUFFIX)(void) { return "loops"; }

void NAME3(openblas, _set_num_threads, SUFFIX)(int wanted)
{
#ifdef THREAD_LIMIT
    wanted = wanted > THREAD_LIMIT ? THREAD_LIMIT : wanted;
#endif
#ifndef IGNORES_THREADS
    threads = wanted;
#endif
}

int NAME3(openblas, _get_num_threads, SUFFIX)(void) { return threads; }

__attribute__((constructor)) static void loaded(void)
{
#ifdef MARK
    FILE *mark = fopen(MARK, "w");
    if (mark)
        fclose(mark);
#endif
#ifdef CRASH_ON_LOAD
    abort();
#endif
}
