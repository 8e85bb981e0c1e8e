#include "lane.h"
#define REAL double
#define BITS uint64_t
#define POISON 0x7FF8DEADBEEF0001u
#define UNIT 0x1p-53
#define IS_SINGLE 0
#define RUN run_double
#define DOT_OF(x, y, n) twofold_dot(x, y, n)
#include "matrix.h"
#include "trials.h"
