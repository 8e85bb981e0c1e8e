/* Guarded memory, random numbers, and sums in twice the precision. */
#include "lane.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* All of the runtime that kernels need: what their code compares a stack block's end with, and what it calls when that differs. */
uint64_t __security_cookie = 0xA5C3F00D5EED1234u;
_Noreturn void RhpFallbackFailFast(void);
_Noreturn void RhpFallbackFailFast(void) { abort(); }

enum { SLOT_BYTES = 64 << 20 };

static char *slots[SLOTS];

static size_t page_size(void) { return (size_t)sysconf(_SC_PAGESIZE); }

/* The opened part of a slot: the pages before and behind it stay without access. */
static char *opened(int slot) {
    if (slots[slot] == NULL) {
        size_t page = page_size();
        char *base = mmap(NULL, SLOT_BYTES + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (base == MAP_FAILED || mprotect(base + page, SLOT_BYTES, PROT_READ | PROT_WRITE) != 0) {
            perror("guarded memory");
            _exit(2);
        }
        slots[slot] = base + page;
    }
    return slots[slot];
}

void *place(int slot, size_t bytes, bool at_end) {
    if (bytes > SLOT_BYTES) {
        fprintf(stderr, "an operand of %zu bytes does not fit its slot\n", bytes);
        _exit(2);
    }
    return at_end ? opened(slot) + SLOT_BYTES - bytes : opened(slot);
}

void surroundings(int slot, const void *p, size_t bytes, size_t limit, size_t *before, size_t *behind) {
    size_t left = (size_t)((const char *)p - slots[slot]);
    size_t right = SLOT_BYTES - left - bytes;
    *before = left < limit ? left : limit;
    *behind = right < limit ? right : limit;
}

uint64_t next_bits(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

double next_symmetric(uint64_t *state) { return (double)(int64_t)next_bits(state) * 0x1p-63; }

struct twofold twofold_dot(const double *x, const double *y, long n) {
    struct twofold s = {0, 0};
    for (long p = 0; p < n; p++) {
        s = twofold_add_product(s, x[p], y[p]);
    }
    return s;
}

struct twofold twofold_add_product(struct twofold s, double x, double y) {
    double product = x * y;
    double sum = s.high + product;
    double part = sum - s.high;
    double error = (s.high - (sum - part)) + (product - part) + fma(x, y, -product);
    return (struct twofold){sum, s.low + error};
}

struct twofold twofold_times(struct twofold s, double x) {
    double product = s.high * x;
    return (struct twofold){product, fma(s.high, x, -product) + s.low * x};
}

double twofold_distance(struct twofold s, double x) {
    struct twofold difference = twofold_add_product(s, -1, x);
    return fabs(difference.high + difference.low);
}

double plain_dot(const double *x, const double *y, long n) {
    double s = 0;
    for (long p = 0; p < n; p++) {
        s += x[p] * y[p];
    }
    return s;
}

double absolute_dot(const double *x, const double *y, long n) {
    double s = 0;
    for (long p = 0; p < n; p++) {
        s += fabs(x[p] * y[p]);
    }
    return s;
}

bool fault(struct group *g, const struct trial_case *t, const char *format, ...) {
    int used = snprintf(g->message, sizeof g->message, "%ld x %ld x %ld, alpha %g, beta %g, layouts %d %d %d, triangle %d, at the %s page: ",
                        t->m, t->n, t->k, t->alpha, t->beta, t->a, t->b, t->c, t->triangle, t->at_end ? "last" : "first");
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(g->message + used, sizeof g->message - (size_t)used, format, arguments);
    va_end(arguments);
    return false;
}

bool within(struct group *g, const struct trial_case *t, double error, double bound, long i, long j) {
    /* A NaN is not within. */
    if (!(error <= bound)) {
        return fault(g, t, "element (%ld, %ld) is %.3g off, the bound is %.3g", i, j, error, bound);
    }
    if (bound > 0 && error / bound > g->worst) {
        g->worst = error / bound;
    }
    return true;
}
