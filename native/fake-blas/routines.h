/* The routines of one precision: REAL is the type, ROUTINE(x) the name of x in it. Plain loops over element addresses. */

static REAL FN(at)(const REAL *a, integer lda, int transposed, integer i, integer j)
{
    return transposed ? a[j * lda + i] : a[i * lda + j];
}

REAL ROUTINE(asum)(integer n, const REAL *x, integer step)
{
    REAL sum = 0;
    for (integer i = 0; i < n; i++)
        sum += x[i * step] < 0 ? -x[i * step] : x[i * step];
    return sum;
}

void ROUTINE(gemm)(int order, int ta, int tb, integer m, integer n, integer k, REAL alpha, const REAL *a, integer lda,
                   const REAL *b, integer ldb, REAL beta, REAL *c, integer ldc)
{
    (void)order;
    enter();
    for (integer i = 0; i < m; i++)
        for (integer j = 0; j < n; j++) {
            REAL sum = 0;
            for (integer p = 0; p < k; p++)
                sum += FN(at)(a, lda, ta == TRANSPOSED, i, p) * FN(at)(b, ldb, tb == TRANSPOSED, p, j);
            c[i * ldc + j] = alpha * sum + (beta == 0 ? 0 : beta * c[i * ldc + j]);
        }
#ifdef WRONG_RESULTS
    c[(m - 1) * ldc + n - 1] += 1;
#endif
    leave();
}

void ROUTINE(gemv)(int order, int ta, integer m, integer n, REAL alpha, const REAL *a, integer lda, const REAL *x,
                   integer stepx, REAL beta, REAL *y, integer stepy)
{
    (void)order;
    integer rows = ta == TRANSPOSED ? n : m, columns = ta == TRANSPOSED ? m : n;
    for (integer i = 0; i < rows; i++) {
        REAL sum = 0;
        for (integer j = 0; j < columns; j++)
            sum += FN(at)(a, lda, ta == TRANSPOSED, i, j) * x[j * stepx];
        y[i * stepy] = alpha * sum + (beta == 0 ? 0 : beta * y[i * stepy]);
    }
}

void ROUTINE(syrk)(int order, int triangle, int ta, integer n, integer k, REAL alpha, const REAL *a, integer lda,
                   REAL beta, REAL *c, integer ldc)
{
    (void)order;
    for (integer i = 0; i < n; i++)
        for (integer j = triangle == LOWER ? 0 : i; j < (triangle == LOWER ? i + 1 : n); j++) {
            REAL sum = 0;
            for (integer p = 0; p < k; p++)
                sum += FN(at)(a, lda, ta == TRANSPOSED, i, p) * FN(at)(a, lda, ta == TRANSPOSED, j, p);
            c[i * ldc + j] = alpha * sum + (beta == 0 ? 0 : beta * c[i * ldc + j]);
        }
}

#ifndef MISSING_SYMBOL
void ROUTINE(trsm)(int order, int side, int triangle, int ta, int diagonal, integer m, integer n, REAL alpha,
                   const REAL *a, integer lda, REAL *b, integer ldb)
{
    (void)order;
    (void)diagonal;
    /* From the right, X op(A) = B is op(A)^T X^T = B^T: the same loop over a transposed A and B. */
    int right = side == RIGHT, transposed = (ta == TRANSPOSED) != right;
    int lower = (triangle == LOWER) != transposed;
    integer size = right ? n : m, count = right ? m : n;
    for (integer step = 0; step < size; step++)
        for (integer j = 0; j < count; j++) {
            integer i = lower ? step : size - 1 - step;
            REAL *x = right ? &b[j * ldb + i] : &b[i * ldb + j];
            REAL rest = alpha * *x;
            for (integer p = lower ? 0 : i + 1; p < (lower ? i : size); p++)
                rest -= FN(at)(a, lda, transposed, i, p) * (right ? b[j * ldb + p] : b[p * ldb + j]);
            *x = rest / FN(at)(a, lda, transposed, i, i);
        }
}
#endif
