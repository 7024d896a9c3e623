/* Breadth-first search over packed states on one core: an exact explorer, in three variants.
 *
 *   plain         what one writes first: each successor is looked up at once, by linear probing
 *   -DPREFETCH    drops successors equal to their parent; looks up the others in batches, prefetched
 *   -DLIMIT       also drops successors seen lately; a table of cache lines, compared eight tags at a time; huge pages:
 *                 how fast an exact explorer can be on this machine
 *
 * Exact: a state counts as visited only if all its words equal those of a stored state. States lie in an arena in the
 * order they were found; the visited table holds 32 bits of their hash (the tag) and their index.
 *
 * A model defines WORDS, includes this file, defines `successors` and `is_allowed`, and calls `explore`. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

/* A packed state. Equal states have equal words. */
typedef struct { uint32_t word[WORDS]; } State;

/* Calls `step` once for each step that `state` enables, also for those that change nothing. */
static void successors(State state);

/* Whether the invariant allows `state`; asked once for each distinct state. */
static bool is_allowed(State state);

static const uint32_t NONE = 0; /* the index of no state: an empty slot, the initial state's parent */
static const uint64_t MOST_STATES = UINT32_MAX;

static struct {
  State *arena;         /* by index, from 1 */
  uint32_t *parents;    /* by index: the index of the state from which it was first reached */
  uint64_t states, transitions;
  State expanded;       /* whose successors are being generated */
  uint32_t expanded_index;
} search;

static inline bool is_equal(State a, State b) { return memcmp(&a, &b, sizeof a) == 0; }

static inline bool is_stored(State state, uint32_t index) { return is_equal(search.arena[index], state); }

/* The upper half of a 64-bit hash, never 0. Each pair of words enters a 64 x 64 bit product, whose halves are folded. */
static inline uint32_t tag_of(State state) {
  uint64_t hash = 0x9e3779b97f4a7c15;
  for (int i = 0; i < WORDS; i += 2) {
    uint64_t pair = state.word[i] | (i + 1 < WORDS ? (uint64_t)state.word[i + 1] << 32 : 0);
    unsigned __int128 product = (unsigned __int128)(hash ^ pair) * 0xd6e8feb86659fd93;
    hash = (uint64_t)product ^ (uint64_t)(product >> 64);
  }
  return hash >> 32 != 0 ? hash >> 32 : 1;
}

/* Zeroed address space, which takes memory where it is touched. */
static void *reserve(uint64_t bytes) {
  void *start = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (start == MAP_FAILED) { perror("cannot reserve memory"); exit(2); }
#ifdef LIMIT
  madvise(start, bytes, MADV_HUGEPAGE); /* spares a page walk on each miss */
#endif
  return start;
}

#ifdef LIMIT
#include "table-of-lines.h"
#else
#include "table-of-pairs.h"
#endif

/* Prints the states on the way to one that the invariant does not allow, last one first, and exits. */
static void report_violation(uint32_t index) {
  uint64_t steps = 0;
  for (uint32_t i = search.parents[index]; i != NONE; i = search.parents[i]) steps++;
  printf("violated after %" PRIu64 " steps:\n", steps);
  for (uint32_t i = index; i != NONE; i = search.parents[i]) {
    for (int w = 0; w < WORDS; w++) printf(" %08" PRIx32, search.arena[i].word[w]);
    puts("");
  }
  exit(1);
}

/* Adds `state` unless it is known. There must be room in the table. */
static inline void visit(State state, uint32_t tag, uint32_t parent) {
  if (!claim(state, tag, search.states + 1)) return;
  uint32_t index = ++search.states;
  search.arena[index] = state;
  search.parents[index] = parent;
  if (!is_allowed(state)) report_violation(index);
}

static void make_room(uint64_t new_states) {
  if (search.states + new_states > MOST_STATES) { fputs("too many states\n", stderr); exit(2); }
  while (search.states + new_states > table_room()) grow_table();
}

#if defined(PREFETCH) || defined(LIMIT)
enum { BATCH = 256 };

static struct { State state; uint32_t tag, parent; } batch[BATCH]; /* successors to be looked up */
static int batched;

/* Looks up the batch. Its slots are in the cache by now; the states that they point to are asked for first. */
static void flush(void) {
  make_room(batched);
  for (int i = 0; i < batched; i++) prefetch_state(batch[i].tag);
  for (int i = 0; i < batched; i++) visit(batch[i].state, batch[i].tag, batch[i].parent);
  batched = 0;
}

#ifdef LIMIT
enum { RECENT = 4096 };

static State recent[RECENT]; /* by tag, the last to enter the batch: many are reached again at once */

static inline bool is_recent(State state, uint32_t tag) {
  if (is_equal(state, recent[tag % RECENT])) return true;
  recent[tag % RECENT] = state;
  return false;
}

static void begin(State initial) { for (int i = 0; i < RECENT; i++) recent[i] = initial; }
#else
static inline bool is_recent(State state, uint32_t tag) { (void)state; (void)tag; return false; }

static void begin(State initial) { (void)initial; }
#endif

static inline void step(State next) {
  search.transitions++;
  if (is_equal(next, search.expanded)) return;
  uint32_t tag = tag_of(next);
  if (is_recent(next, tag)) return;
  prefetch_slot(tag);
  batch[batched].state = next;
  batch[batched].tag = tag;
  batch[batched].parent = search.expanded_index;
  if (++batched == BATCH) flush();
}
#else
static void begin(State initial) { (void)initial; }

static void flush(void) {}

static inline void step(State next) {
  search.transitions++;
  make_room(1);
  visit(next, tag_of(next), search.expanded_index);
}
#endif

/* Explores all that is reachable from `initial`; prints the counts and what they cost as one line of JSON. */
static void explore(const char *model, const char *size, State initial) {
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  search.arena = reserve((MOST_STATES + 1) * sizeof(State));
  search.parents = reserve((MOST_STATES + 1) * sizeof(uint32_t));
  begin_table();
  visit(initial, tag_of(initial), NONE);
  begin(initial);
  uint64_t depth = 0, level_end = search.states;
  for (uint64_t index = 1; index <= level_end; index++) {
    search.expanded = search.arena[index];
    search.expanded_index = index;
    successors(search.expanded);
    if (index < level_end) continue;
    flush();
    if (search.states > level_end) depth++;
    level_end = search.states;
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  double seconds = (end.tv_sec - start.tv_sec) + (end.tv_nsec - start.tv_nsec) * 1e-9;
  uint64_t bytes = table_bytes() + search.states * (sizeof(State) + sizeof(uint32_t));
  printf("{\"model\":\"%s-%s\",\"states\":%" PRIu64 ",\"transitions\":%" PRIu64, model, size, search.states,
         search.transitions);
  printf(",\"depth\":%" PRIu64 ",\"seconds\":%.3f,\"bytes\":%" PRIu64 "}\n", depth, seconds, bytes);
}
