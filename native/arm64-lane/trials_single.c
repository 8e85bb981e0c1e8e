#include "lane.h"
#define REAL float
#define BITS uint32_t
#define POISON 0x7FC0BEEFu
#define UNIT 0x1p-24
#define IS_SINGLE 1
#define RUN run_single
/* Products of floats are exact in doubles, and a sum of doubles is exact enough for a bound in floats. */
#define DOT_OF(x, y, n) ((struct twofold){plain_dot(x, y, n), 0})
#include "matrix.h"
#include "trials.h"
