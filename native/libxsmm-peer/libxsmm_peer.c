/*
 * libxsmm as a peer of `fastsensing bench gemm-plan`: the static library that Debian ships, as a shared one with the few
 * calls that the bench makes. A product is asked for once and then called through its pointer, as libxsmm is meant to be
 * used: kernel(a, b, c), column-major, alpha = 1.
 */
#include <libxsmm.h>

#define EXPORT __attribute__((visibility("default")))

EXPORT const char *fastsensing_libxsmm_version(void) { return LIBXSMM_VERSION; }

/* The instruction set that its code is generated for, such as "clx"; LIBXSMM_TARGET in the environment changes it. */
EXPORT const char *fastsensing_libxsmm_target(void) {
  libxsmm_init();
  return libxsmm_get_target_arch();
}

/* C (m x n) = A (m x k) B (k x n) + beta C, columns without gaps; beta is 0 or 1. Null when it generates no such code. */
EXPORT void *fastsensing_libxsmm_dgemm(int m, int n, int k, double beta) {
  const double alpha = 1;
  return (void *)libxsmm_dmmdispatch(m, n, k, NULL, NULL, NULL, &alpha, &beta, NULL, NULL);
}

EXPORT void *fastsensing_libxsmm_sgemm(int m, int n, int k, float beta) {
  const float alpha = 1;
  return (void *)libxsmm_smmdispatch(m, n, k, NULL, NULL, NULL, &alpha, &beta, NULL, NULL);
}
