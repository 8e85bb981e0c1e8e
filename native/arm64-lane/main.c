/* The harness of the Arm64 lane: reads the cases, runs each kernel's in a process of its own under a watchdog, and prints a line
   for each kernel. usage: lane CASES [PROCESSES] */
#include "lane.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_GROUPS = 1024, MOST_CASES = 1 << 21, WATCHDOG_SECONDS = 60, CONTROL_SECONDS = 1 };

static struct group *groups;
static struct trial_case *cases;
static long group_count, case_count;

static void *shared_memory(size_t bytes) {
    void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) {
        perror("shared memory");
        exit(2);
    }
    return p;
}

static struct group *add_group(const char *label, int kernel, int tag, int is_single) {
    struct group *g = groups + group_count++;
    snprintf(g->label, sizeof g->label, "%s", label);
    g->kernel = (enum kernel)kernel;
    g->tag = (enum tag)tag;
    g->is_single = is_single != 0;
    g->first = case_count;
    return g;
}

/* "group KERNEL TAG IS_SINGLE LABEL", then its cases: "M N K ALPHA BETA A B C TRIANGLE SEED". */
static void read_cases(const char *path) {
    FILE *file = fopen(path, "r");
    char line[256], label[64];
    int kernel, tag, is_single;
    while (file != NULL && fgets(line, sizeof line, file) != NULL && group_count < MOST_GROUPS && case_count < MOST_CASES) {
        struct trial_case *t = cases + case_count;
        if (sscanf(line, "group %d %d %d %63[^\n]", &kernel, &tag, &is_single, label) == 4) {
            add_group(label, kernel, tag, is_single);
        } else if (group_count > 0 && sscanf(line, "%ld %ld %ld %lf %lf %d %d %d %d %lu", &t->m, &t->n, &t->k, &t->alpha, &t->beta,
                                             &t->a, &t->b, &t->c, &t->triangle, (unsigned long *)&t->seed) == 10) {
            t->at_end = (case_count++ & 1) != 0;
            groups[group_count - 1].count++;
        } else {
            fprintf(stderr, "%s: cannot read the line: %s", path, line);
            exit(2);
        }
    }
    if (file == NULL || !feof(file) || group_count == 0) {
        fprintf(stderr, "%s: no cases, or too many\n", path);
        exit(2);
    }
    fclose(file);
}

static void run_group(struct group *g) {
    /* Of processor time, which a busy machine does not use up; a kernel cannot wait for anything. */
    struct itimerval watchdog = {.it_value.tv_sec = g->kernel > KERNELS ? CONTROL_SECONDS : WATCHDOG_SECONDS};
    setitimer(ITIMER_PROF, &watchdog, NULL);
    for (long i = 0; i < g->count; i++) {
        const struct trial_case *t = cases + g->first + i;
        if (!(g->is_single ? run_single(g, t) : run_double(g, t))) {
            _exit(1);
        }
        g->done++;
    }
    _exit(0);
}

/* A process that died left its message empty: it was in the case that follows those done. */
static bool judge(struct group *g, int status) {
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        return true;
    }
    if (g->message[0] == '\0') {
        bool hung = WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF;
        fault(g, cases + g->first + g->done, hung ? "hangs" : WIFSIGNALED(status) ? "ended by signal %d" : "ended with exit code %d",
              WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    }
    return false;
}

/* Runs all groups, some at a time; passed[i] says how group i came out. */
static void run_all(int processes, bool *passed) {
    pid_t *running = calloc((size_t)group_count, sizeof *running);
    int active = 0;
    for (long next = 0; next < group_count || active > 0;) {
        if (next < group_count && active < processes) {
            fflush(stdout);
            running[next] = fork();
            if (running[next] == 0) {
                run_group(groups + next);
            }
            active += running[next++] > 0;
            continue;
        }
        int status = 0;
        pid_t ended = wait(&status);
        for (long i = 0; i < next; i++) {
            if (running[i] == ended) {
                passed[i] = judge(groups + i, status);
                active--;
            }
        }
    }
    free(running);
}

static void add_controls(void) {
    static const struct { const char *label; enum kernel kernel; } controls[] = {
        {"a hang", CONTROL_HANG}, {"a read behind an operand", CONTROL_TRESPASS},
        {"one wrong element", CONTROL_ELEMENT}, {"a write between elements", CONTROL_GUARD}};
    for (size_t i = 0; i < sizeof controls / sizeof *controls; i++) {
        add_group(controls[i].label, controls[i].kernel, SIMD128, (int)(i & 1))->count = 1;
        case_count++;
    }
}

int main(int count, char **arguments) {
    if (count < 2) {
        fprintf(stderr, "usage: lane CASES [PROCESSES]\n");
        return 2;
    }
    if (lane_call_size(0) != (int32_t)sizeof(LANE_CALL(double)) || lane_call_size(1) != (int32_t)sizeof(LANE_CALL(float))) {
        fprintf(stderr, "LaneCall of the C# kernels and LANE_CALL of lane.h differ\n");
        return 2;
    }
    groups = shared_memory(sizeof *groups * MOST_GROUPS);
    cases = shared_memory(sizeof *cases * MOST_CASES);
    read_cases(arguments[1]);
    add_controls();
    bool *passed = calloc((size_t)group_count, sizeof *passed);
    run_all(count > 2 ? atoi(arguments[2]) : 2, passed);
    long good = 0, shapes = 0;
    printf("%-52s %8s  largest error / bound\n", "kernel", "shapes");
    for (long i = 0; i < group_count; i++) {
        struct group *g = groups + i;
        bool is_control = g->kernel > KERNELS, fine = passed[i] != is_control;
        good += fine;
        shapes += g->done;
        if (is_control) {
            printf("control: %-43s %8s  %s\n", g->label, "", fine ? "caught" : "NOT CAUGHT");
        } else if (fine) {
            printf("%-52s %8ld  %.3f\n", g->label, g->done, g->worst);
        } else {
            printf("%-52s %8ld  FAILED: %s\n", g->label, g->done, g->message);
        }
    }
    printf("%ld shapes\n%ld passed, %ld failed\n", shapes, good, group_count - good);
    return good == group_count ? 0 : 1;
}
