/* The visited table in cache lines of eight slots, whose tags are compared at once where the machine can. */
#ifdef __AVX2__
#include <immintrin.h>
#endif

enum { SLOTS = 8, SLOTS_IN_USE = 5 };

/* Its slots are used from the first on. A tag of 0 is an empty slot's. */
typedef struct { uint32_t tags[SLOTS], indices[SLOTS]; } Line;

enum { FIRST_LINE_BITS = 13, MOST_LINE_BITS = 29 };

static struct {
  Line *lines;
  unsigned shift; /* the upper bits of a tag name the line where its probe starts */
  uint64_t mask;
} table;

static void reserve_table(unsigned line_bits) {
  table.shift = 32 - line_bits;
  table.mask = (UINT64_C(1) << line_bits) - 1;
  table.lines = reserve((table.mask + 1) * sizeof(Line));
}

static void begin_table(void) { reserve_table(FIRST_LINE_BITS); }

static inline uint64_t table_room(void) { return (table.mask + 1) * SLOTS_IN_USE; }

static inline uint64_t table_bytes(void) { return (table.mask + 1) * sizeof(Line); }

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

static inline Line *first_line(uint32_t tag) { return &table.lines[tag >> table.shift]; }

static inline Line *line_after(Line *line) { return &table.lines[(line + 1 - table.lines) & table.mask]; }

/* Takes the first empty slot, at `line` or after it. */
static inline void fill_slot(Line *line, uint32_t tag, uint32_t index) {
  unsigned empty;
  while ((empty = slots_with(line, 0)) == 0) line = line_after(line);
  line->tags[__builtin_ctz(empty)] = tag;
  line->indices[__builtin_ctz(empty)] = index;
}

/* Doubles the table. Lines are in the order of their tags: one pass forwards through both, reading no state. */
static void grow_table(void) {
  Line *old = table.lines;
  uint64_t old_lines = table.mask + 1;
  if (32 - table.shift == MOST_LINE_BITS) { fputs("too many states\n", stderr); exit(2); }
  reserve_table(33 - table.shift);
  for (Line *line = old; line < old + old_lines; line++)
    for (int i = 0; i < SLOTS && line->tags[i] != 0; i++)
      fill_slot(first_line(line->tags[i]), line->tags[i], line->indices[i]);
  munmap(old, old_lines * sizeof(Line));
}

/* Whether `state` is new; then its slot holds `index`. */
static inline bool claim(State state, uint32_t tag, uint32_t index) {
  Line *line = first_line(tag);
  for (;; line = line_after(line)) {
    for (unsigned same = slots_with(line, tag); same != 0; same &= same - 1)
      if (is_stored(state, line->indices[__builtin_ctz(same)])) return false;
    if (line->tags[SLOTS - 1] == 0) break; /* states go to the next line only from a full one */
  }
  fill_slot(line, tag, index);
  return true;
}

static inline void prefetch_slot(uint32_t tag) { __builtin_prefetch(first_line(tag)); }

static inline void prefetch_state(uint32_t tag) {
  Line *line = first_line(tag);
  unsigned same = slots_with(line, tag);
  if (same != 0) __builtin_prefetch(&search.arena[line->indices[__builtin_ctz(same)]]);
}
