/* The Arm64 lane: what the harness, its trials and the C# kernels agree on. */
#ifndef LANE_H
#define LANE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The kernels, in the order of LaneKernel in tests/FastSensing.Arm64Lane. */
enum kernel {
    TILE, PLAN_TILE, GEMM_IN_PLACE, GEMM_PACKED, GEMM, GEMM_THIN, SYRK, TRSM, POTRF, GEMV, DOT, AXPY, SCAL,
    DENSE_FORWARD, DENSE_ADJOINT, DENSE_FUSED, ENTRY_FORWARD, ENTRY_ADJOINT, ENTRY_FUSED,
    KERNELS,
    /* Not kernels: what the harness must find fault with, or it proves nothing. */
    CONTROL_HANG, CONTROL_TRESPASS, CONTROL_ELEMENT, CONTROL_GUARD
};

enum tag { SIMD128, SIMD128_LANE, SCALAR };

/* Layouts and regions, in the order of the enums Layout and Region of FastSensing.Testing. */
enum layout { DENSE, OFFSET_BY_ONE, PADDED, TRANSPOSED, TRANSPOSED_PADDED, STRIDED, TRANSPOSED_STRIDED };
enum region { ALL, LOWER, UPPER };

/* One line of the case file. Sizes are those of BlasCase; what the others mean is said where they are run. */
struct trial_case {
    long m, n, k;
    double alpha, beta;
    int a, b, c, triangle;
    uint64_t seed;
    bool at_end; /* operands end at a guard page; otherwise they begin behind one */
};

/* A run of cases of one kernel, and what came of it. Lives in memory that the child processes share. */
struct group {
    char label[64];
    enum kernel kernel;
    enum tag tag;
    bool is_single;
    long first, count;
    long done;
    double worst;
    char message[400];
};

/* What a kernel is called with: LaneCall<T> of tests/FastSensing.Arm64Lane, field by field. */
#define LANE_CALL(real)                                      \
    struct {                                                 \
        int64_t m, n, k;                                     \
        real alpha, beta, result;                            \
        real *a; int64_t a_row, a_column;                    \
        real *b; int64_t b_row, b_column;                    \
        real *c; int64_t c_row, c_column;                    \
        real *d, *e;                                         \
        real *workspace;                                     \
        int32_t *index0, *index1, *index2;                   \
        int32_t info;                                        \
    }

/* From the C# side. */
extern void *lane_entry(int32_t kernel, int32_t tag, int32_t is_single);
extern int32_t lane_workspace(int32_t tag, int32_t is_single);
extern int32_t lane_call_size(int32_t is_single);

/* Random numbers: splitmix64. */
uint64_t next_bits(uint64_t *state);
double next_symmetric(uint64_t *state); /* [-1, 1) */

/* Memory between two pages without access. */
enum { SLOTS = 8, MARGIN = 64 };
void *place(int slot, size_t bytes, bool at_end);
/* How many bytes before (negative) and behind an operand in a slot may be looked at, at most limit. */
void surroundings(int slot, const void *p, size_t bytes, size_t limit, size_t *before, size_t *behind);

/* u + v, about 106 bits. */
struct twofold { double high, low; };
struct twofold twofold_dot(const double *x, const double *y, long n);
struct twofold twofold_add_product(struct twofold s, double x, double y);
struct twofold twofold_times(struct twofold s, double x);
double twofold_distance(struct twofold s, double x);
double plain_dot(const double *x, const double *y, long n);
double absolute_dot(const double *x, const double *y, long n);

/* Notes an error against its bound; false, with the message filled in, when it is not within. */
bool within(struct group *g, const struct trial_case *t, double error, double bound, long i, long j);
bool fault(struct group *g, const struct trial_case *t, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Runs one case of the group; false when it failed. */
bool run_double(struct group *g, const struct trial_case *t);
bool run_single(struct group *g, const struct trial_case *t);

#endif
