/* Matrices under guard, of the element type REAL: whatever lies between and beside their elements is poison, a NaN of known
   bits, and must stay so; the elements outside the region count as such. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef LANE_CALL(REAL) call_t;

struct matrix {
    REAL *p;
    long rows, columns, row, column, length;
    int slot;
    enum region region;
    size_t before, behind; /* elements around it that are poison too */
    REAL *saved;
};

static REAL poison(void) {
    BITS bits = POISON;
    REAL value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static bool is_poison(const REAL *p) {
    BITS bits;
    memcpy(&bits, p, sizeof bits);
    return bits == POISON;
}

/* As TestMatrix.Strides. */
static void set_strides(struct matrix *x, int layout) {
    switch (layout) {
    case PADDED: x->row = x->columns + 3; x->column = 1; break;
    case TRANSPOSED: x->row = 1; x->column = x->rows; break;
    case TRANSPOSED_PADDED: x->row = 1; x->column = x->rows + 5; break;
    case STRIDED: x->row = 2 * x->columns + 3; x->column = 2; break;
    case TRANSPOSED_STRIDED: x->row = 3; x->column = 3 * x->rows + 2; break;
    default: x->row = x->columns; x->column = 1; break;
    }
}

static struct matrix matrix_of(int slot, long rows, long columns, int layout, enum region region, bool at_end) {
    struct matrix x = {.rows = rows, .columns = columns, .slot = slot, .region = region};
    set_strides(&x, layout);
    x.length = rows == 0 || columns == 0 ? 0 : (rows - 1) * x.row + (columns - 1) * x.column + 1;
    x.p = place(slot, (size_t)x.length * sizeof(REAL), at_end);
    surroundings(slot, x.p, (size_t)x.length * sizeof(REAL), MARGIN * sizeof(REAL), &x.before, &x.behind);
    x.before /= sizeof(REAL);
    x.behind /= sizeof(REAL);
    for (REAL *q = x.p - x.before; q < x.p + x.length + x.behind; q++) {
        *q = poison();
    }
    return x;
}

static bool is_inside(const struct matrix *x, long i, long j) {
    return x->region == ALL || (x->region == LOWER ? j <= i : j >= i);
}

static REAL *at(const struct matrix *x, long i, long j) { return x->p + i * x->row + j * x->column; }

static void set_random(struct matrix *x, uint64_t *random) {
    for (long i = 0; i < x->rows; i++) {
        for (long j = 0; j < x->columns; j++) {
            if (is_inside(x, i, j)) {
                *at(x, i, j) = (REAL)next_symmetric(random);
            }
        }
    }
}

/* The elements by rows (or by columns), exactly; zero outside the region. Freed by the caller. */
static double *to_doubles(const struct matrix *x, bool by_columns) {
    double *values = malloc(sizeof(double) * (size_t)(x->rows * x->columns + 1));
    for (long i = 0; i < x->rows; i++) {
        for (long j = 0; j < x->columns; j++) {
            values[by_columns ? j * x->rows + i : i * x->columns + j] = is_inside(x, i, j) ? (double)*at(x, i, j) : 0;
        }
    }
    return values;
}

static size_t storage_bytes(const struct matrix *x) { return sizeof(REAL) * ((size_t)x->length + x->before + x->behind); }

static void save(struct matrix *x) {
    x->saved = malloc(storage_bytes(x) + 1);
    memcpy(x->saved, x->p - x->before, storage_bytes(x));
}

/* An input still holds the bits it was called with. */
static bool is_unchanged(struct group *g, const struct trial_case *t, struct matrix *x, const char *name) {
    bool same = memcmp(x->saved, x->p - x->before, storage_bytes(x)) == 0;
    free(x->saved);
    return same || fault(g, t, "%s was written to", name);
}

/* All but the elements of the region is still poison. */
static bool is_guarded(struct group *g, const struct trial_case *t, const struct matrix *x, const char *name) {
    size_t bytes = storage_bytes(x);
    REAL *rest = malloc(bytes + 1);
    memcpy(rest, x->p - x->before, bytes);
    for (long i = 0; i < x->rows; i++) {
        for (long j = 0; j < x->columns; j++) {
            if (is_inside(x, i, j)) {
                rest[(long)x->before + i * x->row + j * x->column] = poison();
            }
        }
    }
    long touched = -1;
    for (long q = 0; q < (long)(bytes / sizeof(REAL)) && touched < 0; q++) {
        touched = is_poison(rest + q) ? -1 : q;
    }
    free(rest);
    return touched < 0 || fault(g, t, "%s: the guard at element %ld of %ld was written to", name, touched - (long)x->before, x->length);
}

static double gamma_of(long n) { return (double)n * UNIT / (1 - (double)n * UNIT); }
