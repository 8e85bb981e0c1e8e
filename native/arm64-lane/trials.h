/* The trials of every kernel for the element type REAL: operands, one call, and the oracle. The bounds are those of the tests
   of FastSensing.Testing; each is derived there. */

/* The memory that packing kernels are given: flush with a guard page behind it. */
static REAL *workspace_of(const struct group *g, long done) {
    long length = lane_workspace((int32_t)g->tag, IS_SINGLE);
    REAL *p = place(SLOTS - 1, (size_t)length * sizeof(REAL), true);
    /* Poison now and then is enough: what a case before left is as wrong as poison. */
    for (long i = 0; done % 128 == 0 && i < length; i++) {
        p[i] = poison();
    }
    return p;
}

static void invoke_tag(enum tag tag, enum kernel kernel, call_t *call) {
    void (*entry)(call_t *) = (void (*)(call_t *))lane_entry((int32_t)kernel, (int32_t)tag, IS_SINGLE);
    entry(call);
}

static void invoke(const struct group *g, enum kernel kernel, call_t *call) { invoke_tag(g->tag, kernel, call); }

static void use_a(call_t *call, const struct matrix *x) { call->a = x->p; call->a_row = x->row; call->a_column = x->column; }
static void use_b(call_t *call, const struct matrix *x) { call->b = x->p; call->b_row = x->row; call->b_column = x->column; }
static void use_c(call_t *call, const struct matrix *x) { call->c = x->p; call->c_row = x->row; call->c_column = x->column; }

/* C = alpha A B + beta C against |error| <= gamma_(k+4) (|alpha| |A| |B| + |beta| |C|), of all of C or of its lower triangle. */
static bool check_product(struct group *g, const struct trial_case *t, const double *a, const double *bt, const double *before, const struct matrix *c) {
    double bound = gamma_of(t->k + 4);
    double alpha = (REAL)t->alpha, beta = (REAL)t->beta;
    for (long i = 0; i < c->rows; i++) {
        for (long j = 0; j < c->columns; j++) {
            if (!is_inside(c, i, j)) {
                continue;
            }
            const double *x = a + i * t->k, *y = bt + j * t->k;
            double old = before == NULL ? 0 : before[i * c->columns + j];
            struct twofold exact = twofold_add_product(twofold_times(DOT_OF(x, y, t->k), alpha), beta, old);
            double size = fabs(alpha) * absolute_dot(x, y, t->k) + fabs(beta * old);
            if (!within(g, t, twofold_distance(exact, (double)*at(c, i, j)), bound * size, i, j)) {
                return false;
            }
        }
    }
    return true;
}

/* The lane-indexed multiply-add gives the bits of the one that spreads its factor: the same call into a copy of C as it was. */
static bool same_bits(struct group *g, const struct trial_case *t, const call_t *call, const struct matrix *c, const double *before) {
    struct matrix other = matrix_of(3, c->rows, c->columns, t->c, c->region, t->at_end);
    for (long i = 0; i < c->rows && before != NULL; i++) {
        for (long j = 0; j < c->columns; j++) {
            if (is_inside(c, i, j)) {
                *at(&other, i, j) = (REAL)before[i * c->columns + j];
            }
        }
    }
    call_t again = *call;
    use_c(&again, &other);
    invoke_tag(SIMD128, g->kernel, &again);
    return memcmp(c->p, other.p, (size_t)c->length * sizeof(REAL)) == 0 || fault(g, t, "other bits than those of Simd128");
}

/* Gemm, Syrk, Gemv and single tiles: B is A^T for Syrk, a vector for Gemv. */
static bool product_trial(struct group *g, const struct trial_case *t) {
    uint64_t random = t->seed;
    bool is_syrk = g->kernel == SYRK, is_gemv = g->kernel == GEMV;
    long n = is_syrk ? t->m : is_gemv ? 1 : t->n;
    struct matrix a = matrix_of(0, t->m, t->k, t->a, ALL, t->at_end);
    struct matrix b = matrix_of(1, t->k, n, is_gemv || is_syrk ? DENSE : t->b, ALL, t->at_end);
    struct matrix c = matrix_of(2, t->m, n, is_gemv ? DENSE : t->c, is_syrk ? LOWER : ALL, t->at_end);
    set_random(&a, &random);
    if (is_syrk) {
        b = a;
        b.rows = a.columns;
        b.columns = a.rows;
        b.row = a.column;
        b.column = a.row;
    } else {
        set_random(&b, &random);
    }
    double *before = NULL;
    if (t->beta != 0) {
        set_random(&c, &random);
        before = to_doubles(&c, false);
    }
    save(&a);
    save(&b);
    call_t call = {.m = t->m, .n = n, .k = t->k, .alpha = (REAL)t->alpha, .beta = (REAL)t->beta};
    use_a(&call, &a);
    use_b(&call, &b);
    use_c(&call, &c);
    call.workspace = g->kernel == GEMM_IN_PLACE || g->kernel == TILE || g->kernel == PLAN_TILE ? NULL : workspace_of(g, g->done);
    if (t->m > 0 && n > 0) {
        invoke(g, g->kernel, &call);
    }
    double *rows = to_doubles(&a, false), *columns = to_doubles(&b, true);
    bool good = is_unchanged(g, t, &a, "A") & is_unchanged(g, t, &b, "B");
    good = good && is_guarded(g, t, &c, "C") && check_product(g, t, rows, columns, before, &c);
    good = good && ((g->kernel != GEMM_PACKED && g->kernel != GEMM_THIN) || call.info != 0 || fault(g, t, "this is no case for this way"));
    good = good && (g->tag != SIMD128_LANE || is_gemv || t->m == 0 || n == 0 || same_bits(g, t, &call, &c, before));
    free(rows);
    free(columns);
    free(before);
    return good;
}

/* |alpha B - tri(A) X| <= gamma_(n+3) (|tri(A)| |X| + |alpha B|). */
static bool trsm_trial(struct group *g, const struct trial_case *t) {
    uint64_t random = t->seed;
    long n = t->m;
    struct matrix a = matrix_of(0, n, n, t->a, t->triangle == 0 ? LOWER : UPPER, t->at_end);
    struct matrix b = matrix_of(1, n, t->n, t->b, ALL, t->at_end);
    double scale = (next_bits(&random) & 1) != 0 || n > 40 ? 1 / sqrt((double)n) : 1;
    for (long i = 0; i < n; i++) {
        for (long j = 0; j < n; j++) {
            if (is_inside(&a, i, j)) {
                double value = next_symmetric(&random);
                *at(&a, i, j) = (REAL)(i == j ? copysign(0.5 + fabs(value), value) : scale * value);
            }
        }
    }
    set_random(&b, &random);
    double *old = to_doubles(&b, true);
    save(&a);
    call_t call = {.n = n, .m = t->n, .k = t->triangle, .alpha = (REAL)t->alpha, .workspace = workspace_of(g, g->done)};
    use_a(&call, &a);
    use_b(&call, &b);
    if (n > 0 && t->n > 0) {
        invoke(g, TRSM, &call);
    }
    bool good = is_unchanged(g, t, &a, "A") && is_guarded(g, t, &b, "B");
    double *rows = to_doubles(&a, false), *x = to_doubles(&b, true);
    for (long i = 0; i < n && good; i++) {
        for (long j = 0; j < t->n && good; j++) {
            struct twofold left = DOT_OF(rows + i * n, x + j * n, n);
            double right = old[j * n + i], alpha = (REAL)t->alpha;
            double error = fabs(twofold_add_product(left, -alpha, right).high + twofold_add_product(left, -alpha, right).low);
            good = within(g, t, error, gamma_of(n + 3) * (absolute_dot(rows + i * n, x + j * n, n) + fabs(alpha * right)), i, j);
        }
    }
    free(old);
    free(rows);
    free(x);
    return good;
}

/* |A - L L^T| <= gamma_(n+3) |L| |L^T|; alpha is what is added to the diagonal of a Gram matrix, which decides its condition. */
static bool potrf_trial(struct group *g, const struct trial_case *t) {
    uint64_t random = t->seed;
    long n = t->m;
    struct matrix a = matrix_of(0, n, n, t->a, LOWER, t->at_end);
    double *gram = malloc(sizeof(double) * (size_t)(n * n + 1));
    for (long i = 0; i < n * n; i++) {
        gram[i] = (REAL)next_symmetric(&random);
    }
    for (long i = 0; i < n; i++) {
        for (long j = 0; j <= i; j++) {
            *at(&a, i, j) = (REAL)(plain_dot(gram + i * n, gram + j * n, n) + (i == j ? t->alpha : 0));
        }
    }
    free(gram);
    double *old = to_doubles(&a, false);
    call_t call = {.n = n, .workspace = workspace_of(g, g->done)};
    use_a(&call, &a);
    if (n > 0) {
        invoke(g, POTRF, &call);
    }
    bool good = is_guarded(g, t, &a, "A") && (call.info == 0 || fault(g, t, "INFO is %d on a positive definite matrix", call.info));
    double *l = to_doubles(&a, false);
    for (long i = 0; i < n && good; i++) {
        for (long j = 0; j <= i && good; j++) {
            const double *x = l + i * n, *y = l + j * n;
            good = within(g, t, twofold_distance(DOT_OF(x, y, j + 1), old[i * n + j]), gamma_of(n + 3) * absolute_dot(x, y, j + 1), i, j);
        }
    }
    free(old);
    free(l);
    return good;
}

#include "trials_vector.h"

/* What the harness must catch: a hang, a read behind an operand, one wrong element, a write between elements. */
static bool control_trial(struct group *g, const struct trial_case *t) {
    struct matrix x = matrix_of(0, 5, 4, PADDED, ALL, true);
    uint64_t random = 1;
    set_random(&x, &random);
    switch (g->kernel) {
    case CONTROL_HANG:
        for (volatile bool forever = true; forever;) {
        }
        return true;
    case CONTROL_TRESPASS: return ((volatile REAL *)x.p)[x.length] < 2;
    case CONTROL_GUARD: x.p[x.columns] = 1; return is_guarded(g, t, &x, "X");
    default: return within(g, t, fabs((double)(REAL)(1 + 4 * UNIT) - 1), gamma_of(1), 0, 0);
    }
}

bool RUN(struct group *g, const struct trial_case *t) {
    switch (g->kernel) {
    case TRSM: return trsm_trial(g, t);
    case POTRF: return potrf_trial(g, t);
    case DOT: case AXPY: case SCAL: return vector_trial(g, t);
    case DENSE_FORWARD: case DENSE_ADJOINT: case DENSE_FUSED: return dense_trial(g, t);
    case ENTRY_FORWARD: case ENTRY_ADJOINT: case ENTRY_FUSED: return entry_trial(g, t);
    case CONTROL_HANG: case CONTROL_TRESPASS: case CONTROL_ELEMENT: case CONTROL_GUARD: return control_trial(g, t);
    default: return product_trial(g, t);
    }
}
