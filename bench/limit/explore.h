/* Breadth-first search over packed states on one core: how fast an exact explorer can be on this machine.
 *
 * Exact: a state counts as visited only if all its words equal those of a stored state. States lie in an arena
 * in the order they were found; the visited table holds 32 bits of their hash (the tag) and their index.
 *
 * A model defines WORDS, includes this file, defines `successors` and `is_allowed`, and calls `explore`.
 * -DPREFETCH selects the variant that hides cache misses; without it each successor is looked up at once. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#ifdef __AVX2__
#include <immintrin.h>
#endif

/* A packed state. Equal states have equal words. */
typedef struct { uint32_t word[WORDS]; } State;

/* Calls `step` once for each step that `state` enables, also for those that change nothing. */
static void successors(State state);

/* Whether the invariant allows `state`; asked once for each distinct state. */
static bool is_allowed(State state);

enum { SLOTS = 8, SLOTS_IN_USE = 5 };

/* A cache line of the visited table. Its slots are used from the first on. */
typedef struct { uint32_t tags[SLOTS], indices[SLOTS]; } Line;

static const uint32_t EMPTY = 0; /* the tag of an empty slot */
static const uint32_t NONE = 0;  /* the index of no state: the initial state's parent */

enum { FIRST_LINE_BITS = 13, MOST_LINE_BITS = 29 };
static const uint64_t MOST_STATES = (UINT64_C(1) << MOST_LINE_BITS) * SLOTS_IN_USE; /* 2.7 billion */

static struct {
  State *arena;         /* by index, from 1 */
  uint32_t *parents;    /* by index: the index of the state from which it was first reached */
  Line *table;          /* open addressing; a probe starts at the line that the tag's upper bits name */
  unsigned line_shift;
  uint64_t line_mask;
  uint64_t states, transitions;
  State expanded;       /* whose successors are being generated */
  uint32_t expanded_index;
} search;

static inline bool is_equal(State a, State b) { return memcmp(&a, &b, sizeof a) == 0; }

/* The upper half of a 64-bit hash. Each pair of words enters a 64 x 64 bit product, whose halves are folded. */
static inline uint32_t tag_of(State state) {
  uint64_t hash = 0x9e3779b97f4a7c15;
  for (int i = 0; i < WORDS; i += 2) {
    uint64_t pair = state.word[i] | (i + 1 < WORDS ? (uint64_t)state.word[i + 1] << 32 : 0);
    unsigned __int128 product = (unsigned __int128)(hash ^ pair) * 0xd6e8feb86659fd93;
    hash = (uint64_t)product ^ (uint64_t)(product >> 64);
  }
  return hash >> 32 != EMPTY ? hash >> 32 : 1;
}

/* Zeroed address space, which takes memory where it is touched; huge pages spare a page walk on each miss. */
static void *reserve(uint64_t bytes) {
  void *start = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (start == MAP_FAILED) { perror("cannot reserve memory"); exit(2); }
  madvise(start, bytes, MADV_HUGEPAGE);
  return start;
}

static void reserve_table(unsigned line_bits) {
  search.line_shift = 32 - line_bits;
  search.line_mask = (UINT64_C(1) << line_bits) - 1;
  search.table = reserve((search.line_mask + 1) * sizeof(Line));
}

/* The slots, as a set of bits, whose tag is `tag`. */
static inline unsigned slots_with(const Line *line, uint32_t tag) {
#ifdef __AVX2__
  __m256i tags = _mm256_load_si256((const __m256i *)line->tags);
  return _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(tags, _mm256_set1_epi32(tag))));
#else
  unsigned set = 0;
  for (int i = 0; i < SLOTS; i++) set |= (unsigned)(line->tags[i] == tag) << i;
  return set;
#endif
}

static inline Line *first_line(uint32_t tag) { return &search.table[tag >> search.line_shift]; }

static inline Line *line_after(Line *line) { return &search.table[(line + 1 - search.table) & search.line_mask]; }

/* Takes the first empty slot, at `line` or after it. */
static inline void fill_slot(Line *line, uint32_t tag, uint32_t index) {
  unsigned empty;
  while ((empty = slots_with(line, EMPTY)) == 0) line = line_after(line);
  line->tags[__builtin_ctz(empty)] = tag;
  line->indices[__builtin_ctz(empty)] = index;
}

/* Doubles the table. Lines are in the order of their tags: one pass forwards through both, reading no state. */
static void grow_table(void) {
  Line *old = search.table;
  uint64_t old_lines = search.line_mask + 1;
  if (old_lines * SLOTS_IN_USE >= MOST_STATES) { fputs("too many states\n", stderr); exit(2); }
  reserve_table(33 - search.line_shift);
  for (Line *line = old; line < old + old_lines; line++)
    for (int i = 0; i < SLOTS && line->tags[i] != EMPTY; i++)
      fill_slot(first_line(line->tags[i]), line->tags[i], line->indices[i]);
  munmap(old, old_lines * sizeof(Line));
}

static inline void make_room(uint64_t new_states) {
  if (search.states + new_states > (search.line_mask + 1) * SLOTS_IN_USE) grow_table();
}

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
  Line *line = first_line(tag);
  for (;; line = line_after(line)) {
    for (unsigned same = slots_with(line, tag); same != 0; same &= same - 1)
      if (is_equal(search.arena[line->indices[__builtin_ctz(same)]], state)) return;
    if (line->tags[SLOTS - 1] == EMPTY) break; /* states go to the next line only from a full one */
  }
  uint32_t index = ++search.states;
  fill_slot(line, tag, index);
  search.arena[index] = state;
  search.parents[index] = parent;
  if (!is_allowed(state)) report_violation(index);
}

#ifdef PREFETCH
#define VARIANT "prefetch"
enum { BATCH = 256, RECENT = 4096 };

static struct { State state; uint32_t tag, parent; } batch[BATCH]; /* successors to be looked up */
static int batched;
static State recent[RECENT]; /* by tag, the last to enter the batch: many are reached again at once */

static void begin(State initial) {
  for (int i = 0; i < RECENT; i++) recent[i] = initial;
}

/* Looks up the batch. Its lines are in the cache by now; the states that they point to are asked for first. */
static void flush(void) {
  make_room(batched);
  for (int i = 0; i < batched; i++) {
    Line *line = first_line(batch[i].tag);
    unsigned same = slots_with(line, batch[i].tag);
    if (same != 0) __builtin_prefetch(&search.arena[line->indices[__builtin_ctz(same)]]);
  }
  for (int i = 0; i < batched; i++) visit(batch[i].state, batch[i].tag, batch[i].parent);
  batched = 0;
}

static inline void step(State next) {
  search.transitions++;
  if (is_equal(next, search.expanded)) return;
  uint32_t tag = tag_of(next);
  if (is_equal(next, recent[tag % RECENT])) return;
  recent[tag % RECENT] = next;
  __builtin_prefetch(first_line(tag));
  batch[batched].state = next;
  batch[batched].tag = tag;
  batch[batched].parent = search.expanded_index;
  if (++batched == BATCH) flush();
}
#else
#define VARIANT "plain"

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
  reserve_table(FIRST_LINE_BITS);
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
  uint64_t bytes = (search.line_mask + 1) * sizeof(Line) + search.states * (sizeof(State) + sizeof(uint32_t));
  printf("{\"model\":\"%s-%s\",\"variant\":\"%s\",\"states\":%" PRIu64 ",\"transitions\":%" PRIu64, model, size,
         VARIANT, search.states, search.transitions);
  printf(",\"depth\":%" PRIu64 ",\"seconds\":%.3f,\"bytes\":%" PRIu64 "}\n", depth, seconds, bytes);
}
