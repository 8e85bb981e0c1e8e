/* The trials of level 1 and of the sensing kernels. */

/* Level 1: n = t->n elements, alpha. */
static bool vector_trial(struct group *g, const struct trial_case *t) {
    uint64_t random = t->seed;
    long n = t->n;
    struct matrix x = matrix_of(0, n, 1, DENSE, ALL, t->at_end), y = matrix_of(1, n, 1, DENSE, ALL, t->at_end);
    set_random(&x, &random);
    set_random(&y, &random);
    double *xs = to_doubles(&x, false), *ys = to_doubles(&y, false), alpha = (REAL)t->alpha;
    call_t call = {.n = n, .alpha = (REAL)t->alpha, .a = x.p, .b = y.p};
    if (g->kernel != SCAL) {
        save(&x);
    }
    if (g->kernel == DOT) {
        save(&y);
    }
    invoke(g, g->kernel, &call);
    bool good = (g->kernel == SCAL || is_unchanged(g, t, &x, "x")) && is_guarded(g, t, &x, "x") && is_guarded(g, t, &y, "y");
    if (g->kernel == DOT) {
        good = good && is_unchanged(g, t, &y, "y");
        good = good && within(g, t, twofold_distance(DOT_OF(xs, ys, n), (double)call.result), gamma_of(n + 1) * absolute_dot(xs, ys, n), 0, 0);
    }
    for (long i = 0; i < n && good && g->kernel != DOT; i++) {
        if (g->kernel == AXPY) {
            double error = twofold_distance(twofold_add_product((struct twofold){ys[i], 0}, alpha, xs[i]), (double)y.p[i]);
            good = within(g, t, error, gamma_of(2) * (fabs(alpha * xs[i]) + fabs(ys[i])), i, 0);
        } else {
            good = within(g, t, twofold_distance(twofold_times((struct twofold){xs[i], 0}, alpha), (double)x.p[i]), UNIT * fabs(alpha * xs[i]), i, 0);
        }
    }
    free(xs);
    free(ys);
    return good;
}

/* Dense sensing: m measurements with rows of n elements of A; k != 0 takes m of m + 2 stored rows, in descending order. */
static bool dense_trial(struct group *g, const struct trial_case *t) {
    uint64_t random = t->seed;
    long count = t->m, length = t->n;
    struct matrix a = matrix_of(0, t->k != 0 ? count + 2 : count, length, t->a == PADDED ? PADDED : DENSE, ALL, t->at_end);
    struct matrix x = matrix_of(1, length, 1, DENSE, ALL, t->at_end), y = matrix_of(2, count, 1, DENSE, ALL, t->at_end);
    struct matrix residual = matrix_of(3, count, 1, DENSE, ALL, t->at_end), out = matrix_of(4, length, 1, DENSE, ALL, t->at_end);
    int32_t *selection = place(5, sizeof(int32_t) * (size_t)count, t->at_end);
    set_random(&a, &random);
    set_random(&x, &random);
    set_random(&y, &random);
    for (long i = 0; i < count && t->k != 0; i++) {
        selection[i] = (int32_t)(count - i);
    }
    save(&a);
    save(&x);
    save(&y);
    call_t call = {.m = count, .n = length, .b = x.p, .c = y.p, .d = residual.p, .e = out.p, .index0 = t->k != 0 ? selection : NULL};
    use_a(&call, &a);
    invoke(g, g->kernel, &call);
    bool good = is_unchanged(g, t, &a, "A") & is_unchanged(g, t, &x, "x") & is_unchanged(g, t, &y, "y");
    good = good && is_guarded(g, t, &residual, "the residual") && is_guarded(g, t, &out, "g");
    double *rows = malloc(sizeof(double) * (size_t)(count * (length + 1) + 1)), *xs = malloc(sizeof(double) * (size_t)(length + 1));
    double *z = malloc(sizeof(double) * (size_t)(count + 1)), *column = malloc(sizeof(double) * (size_t)(count + 1));
    /* Row i ends with y_i, and x with -1, so that the residual is one sum. */
    for (long i = 0; i < count; i++) {
        for (long j = 0; j < length; j++) {
            rows[i * (length + 1) + j] = (double)*at(&a, t->k != 0 ? count - i : i, j);
        }
        rows[i * (length + 1) + length] = g->kernel == DENSE_FUSED ? (double)y.p[i] : 0;
        z[i] = g->kernel == DENSE_ADJOINT ? (double)y.p[i] : (double)residual.p[i];
    }
    for (long j = 0; j <= length; j++) {
        xs[j] = j < length ? (double)x.p[j] : -1;
    }
    for (long i = 0; i < count && good && g->kernel != DENSE_ADJOINT; i++) {
        const double *row = rows + i * (length + 1);
        good = within(g, t, twofold_distance(DOT_OF(row, xs, length + 1), z[i]), gamma_of(length + 3) * absolute_dot(row, xs, length + 1), i, 0);
    }
    for (long j = 0; j < length && good && g->kernel != DENSE_FORWARD; j++) {
        for (long i = 0; i < count; i++) {
            column[i] = rows[i * (length + 1) + j];
        }
        good = within(g, t, twofold_distance(DOT_OF(z, column, count), (double)out.p[j]), gamma_of(count + 2) * absolute_dot(z, column, count), j, 0);
    }
    if (g->kernel == DENSE_FUSED) {
        good = good && within(g, t, twofold_distance(DOT_OF(z, z, count), (double)call.result), gamma_of(count + 2) * absolute_dot(z, z, count), -1, 0);
    }
    free(rows);
    free(xs);
    free(z);
    free(column);
    return good;
}

/* k different positions of an m x n matrix, by rows, and each one's place in a list of any order. */
struct entries {
    int32_t *start, *column, *order;
    long *row_of;
};

static struct entries entries_of(const struct trial_case *t, uint64_t *random) {
    struct entries e = {
        .start = place(5, sizeof(int32_t) * (size_t)(t->m + 1), t->at_end),
        .column = place(6, sizeof(int32_t) * (size_t)t->k, t->at_end),
        .order = place(7, sizeof(int32_t) * (size_t)t->k, t->at_end),
        .row_of = malloc(sizeof(long) * (size_t)(t->k + 1)),
    };
    long taken = 0, left = t->m * t->n;
    for (long i = 0; i < t->m; i++) {
        e.start[i] = (int32_t)taken;
        for (long j = 0; j < t->n; j++, left--) {
            /* Each of the positions left is taken with the chance that makes k of them in the end. */
            if ((double)(next_bits(random) >> 11) * 0x1p-53 * (double)left < (double)(t->k - taken)) {
                e.column[taken] = (int32_t)j;
                e.row_of[taken++] = i;
            }
        }
    }
    e.start[t->m] = (int32_t)taken;
    for (long q = 0; q < t->k; q++) {
        e.order[q] = (int32_t)q;
    }
    for (long q = t->k - 1; q > 0; q--) {
        long other = (long)(next_bits(random) % (uint64_t)(q + 1));
        int32_t kept = e.order[q];
        e.order[q] = e.order[other];
        e.order[other] = kept;
    }
    return e;
}

/* P = S R, or Q = S^T L, row by row of the product: terms z_q times the other factor's row of every entry in the row (column). */
static bool check_entry_product(
    struct group *g, const struct trial_case *t, const struct entries *e, const double *z, const struct matrix *other, const struct matrix *product, bool is_left) {
    double *x = malloc(sizeof(double) * (size_t)(t->k + 1)), *y = malloc(sizeof(double) * (size_t)(t->k + 1));
    bool good = true;
    for (long i = 0; i < product->rows && good; i++) {
        for (long c = 0; c < product->columns && good; c++) {
            long terms = 0;
            for (long q = 0; q < t->k; q++) {
                if ((is_left ? e->row_of[q] : e->column[q]) == i) {
                    x[terms] = z[e->order[q]];
                    y[terms++] = (double)*at(other, is_left ? e->column[q] : e->row_of[q], c);
                }
            }
            good = within(g, t, twofold_distance(DOT_OF(x, y, terms), (double)*at(product, i, c)), gamma_of(terms + 2) * absolute_dot(x, y, terms), i, c);
        }
    }
    free(x);
    free(y);
    return good;
}

/* Entry sensing: k entries of an m x n matrix, factors with rows of alpha elements, a whole number of cache lines. */
static bool entry_trial(struct group *g, const struct trial_case *t) {
    uint64_t random = t->seed;
    long width = (long)t->alpha;
    struct matrix left = matrix_of(0, t->m, width, DENSE, ALL, t->at_end), right = matrix_of(1, t->n, width, DENSE, ALL, t->at_end);
    struct matrix input = matrix_of(2, t->k, 1, DENSE, ALL, t->at_end), output = matrix_of(3, t->k, 1, DENSE, ALL, t->at_end);
    struct entries e = entries_of(t, &random);
    /* The two products share a slot: P begins it or Q ends it, and poison lies between. */
    struct matrix both = matrix_of(4, t->m + t->n, width, DENSE, ALL, t->at_end), p = both, q = both;
    p.rows = t->m;
    q.rows = t->n;
    q.p += t->m * width;
    set_random(&left, &random);
    set_random(&right, &random);
    set_random(&input, &random);
    save(&left);
    save(&right);
    save(&input);
    call_t call = {.m = t->m, .n = t->n, .k = width, .a = left.p, .b = right.p, .c = input.p, .d = output.p, .e = p.p, .workspace = q.p,
                   .index0 = e.start, .index1 = e.column, .index2 = e.order};
    invoke(g, g->kernel, &call);
    bool good = is_unchanged(g, t, &left, "L") & is_unchanged(g, t, &right, "R") & is_unchanged(g, t, &input, "the input");
    good = good && is_guarded(g, t, &output, "the output") && is_guarded(g, t, &both, "the products");
    double *z = malloc(sizeof(double) * (size_t)(t->k + 1)), *x = malloc(sizeof(double) * (size_t)(width + 1)), *y = malloc(sizeof(double) * (size_t)(width + 1));
    for (long s = 0; s < t->k; s++) {
        z[s] = g->kernel == ENTRY_ADJOINT ? (double)input.p[s] : (double)output.p[s];
    }
    for (long s = 0; s < t->k && good && g->kernel != ENTRY_ADJOINT; s++) {
        for (long c = 0; c < width; c++) {
            x[c] = (double)*at(&left, e.row_of[s], c);
            y[c] = (double)*at(&right, e.column[s], c);
        }
        x[width] = g->kernel == ENTRY_FUSED ? (double)input.p[e.order[s]] : 0;
        y[width] = -1;
        good = within(g, t, twofold_distance(DOT_OF(x, y, width + 1), z[e.order[s]]), gamma_of(width + 3) * absolute_dot(x, y, width + 1), s, 0);
    }
    if (g->kernel != ENTRY_FORWARD) {
        good = good && check_entry_product(g, t, &e, z, &right, &p, true) && check_entry_product(g, t, &e, z, &left, &q, false);
    }
    if (g->kernel == ENTRY_FUSED) {
        good = good && within(g, t, twofold_distance(DOT_OF(z, z, t->k), (double)call.result), gamma_of(t->k + 2) * absolute_dot(z, z, t->k), -1, 0);
    }
    free(e.row_of);
    free(z);
    free(x);
    free(y);
    return good;
}
