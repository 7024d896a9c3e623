/* The visited table as one writes it first: open addressing with linear probing, at most 70 % full. */

typedef struct { uint32_t tag, index; } Slot;

enum { FIRST_SLOT_BITS = 16 };

static struct {
  Slot *slots;
  unsigned shift; /* the upper bits of a tag name the slot where its probe starts */
  uint64_t mask;
} table;

static void reserve_table(unsigned slot_bits) {
  table.shift = 32 - slot_bits;
  table.mask = (UINT64_C(1) << slot_bits) - 1;
  table.slots = reserve((table.mask + 1) * sizeof(Slot));
}

static void begin_table(void) { reserve_table(FIRST_SLOT_BITS); }

static inline uint64_t table_room(void) { return (table.mask + 1) / 10 * 7; }

static inline uint64_t table_bytes(void) { return (table.mask + 1) * sizeof(Slot); }

/* Doubles the table, by tags alone: no state is read. */
static void grow_table(void) {
  Slot *old = table.slots;
  uint64_t old_slots = table.mask + 1;
  if (table.shift == 0) { fputs("too many states\n", stderr); exit(2); }
  reserve_table(33 - table.shift);
  for (Slot *slot = old; slot < old + old_slots; slot++) {
    if (slot->index == NONE) continue;
    uint64_t at = slot->tag >> table.shift;
    while (table.slots[at].index != NONE) at = (at + 1) & table.mask;
    table.slots[at] = *slot;
  }
  munmap(old, old_slots * sizeof(Slot));
}

/* Whether `state` is new; then its slot holds `index`. */
static inline bool claim(State state, uint32_t tag, uint32_t index) {
  for (uint64_t at = tag >> table.shift;; at = (at + 1) & table.mask) {
    Slot *slot = &table.slots[at];
    if (slot->index == NONE) {
      *slot = (Slot){tag, index};
      return true;
    }
    if (slot->tag == tag && is_stored(state, slot->index)) return false;
  }
}

#ifdef PREFETCH
static inline void prefetch_slot(uint32_t tag) { __builtin_prefetch(&table.slots[tag >> table.shift]); }

/* The state that the first slot with this tag points to, if it is near the start of the probe. */
static inline void prefetch_state(uint32_t tag) {
  uint64_t at = tag >> table.shift;
  for (int i = 0; i < 4 && table.slots[at].index != NONE; i++, at = (at + 1) & table.mask) {
    if (table.slots[at].tag != tag) continue;
    __builtin_prefetch(&search.arena[table.slots[at].index]);
    return;
  }
}
#endif
