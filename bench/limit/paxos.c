/* Single-decree Paxos: `MCPaxosTiny` of tlaplus/Examples (PaxosHowToWinATuringAward), with B ballots, 0 to B - 1, up to 4.
 * Three acceptors, two values, the quorums are the pairs of acceptors; no message is ever lost.
 *
 * A vote for value v in ballot b is the number 2b + v; what an acceptor voted last is 0 (nothing) or 1 + its vote.
 *
 *   word a (0-2)   bits 0-2: 1 + maxBal; bits 3-6: the last vote; bits 7-22: 1b messages sent; bits 23-30: 2b sent, by vote
 *   word 3         bits 0-3: 1a messages sent, by ballot; bits 4-11: 2a sent, by vote
 *
 * A 1b message of ballot b reports a vote of a lower ballot or none, one of 2b + 1: its bit is b * b + the last vote. */
#define WORDS 4
#include "explore.h"

enum { ACCEPTORS = 3, MAX = 4, LAST = 3, ONE_B = 7, TWO_B = 23, LEADERS = 3, TWO_A = 4 };

static unsigned ballots;

static inline State with(State state, int i, uint32_t word) { return state.word[i] = word, state; }

/* The values, as a set of bits, that quorum { p, q } shows safe at ballot b: that of the highest vote reported, or both. */
static inline unsigned shown_safe(State state, unsigned b, int p, int q) {
  uint32_t from_p = state.word[p] >> (ONE_B + b * b), from_q = state.word[q] >> (ONE_B + b * b), mask = (2u << 2 * b) - 1;
  if ((from_p & mask) == 0 || (from_q & mask) == 0) return 0;
  uint32_t votes = ((from_p | from_q) & mask) >> 1;
  return votes == 0 ? 3 : votes >> ((31 - __builtin_clz(votes)) & ~1);
}

static inline unsigned safe_values(State state, unsigned b) {
#ifdef BROKEN /* one acceptor is a quorum */
  return shown_safe(state, b, 0, 0) | shown_safe(state, b, 1, 1) | shown_safe(state, b, 2, 2);
#else
  return shown_safe(state, b, 0, 1) | shown_safe(state, b, 0, 2) | shown_safe(state, b, 1, 2);
#endif
}

static inline void successors(State state) {
  uint32_t leaders = state.word[LEADERS];
  for (unsigned b = 0; b < ballots; b++) {
    step(with(state, LEADERS, leaders | 1u << b)); /* Phase1a(b) */
    if (leaders >> (TWO_A + 2 * b) & 3) continue;
    unsigned safe = safe_values(state, b);
    if (safe & 1) step(with(state, LEADERS, leaders | 1u << (TWO_A + 2 * b))); /* Phase2a(b, v) */
    if (safe & 2) step(with(state, LEADERS, leaders | 2u << (TWO_A + 2 * b)));
  }
  for (int a = 0; a < ACCEPTORS; a++) {
    uint32_t word = state.word[a], least = word & 7, last = word >> LAST & 15;
    uint32_t one_a = (leaders & 15) >> least << least;
    for (; one_a != 0; one_a &= one_a - 1) { /* Phase1b(a): maxBal rises to b, the last vote is reported */
      unsigned b = __builtin_ctz(one_a);
      step(with(state, a, (word & ~7u) | (b + 1) | 1u << (ONE_B + b * b + last)));
    }
    unsigned lowest = least == 0 ? 0 : 2 * (least - 1);
    uint32_t two_a = leaders >> TWO_A >> lowest << lowest;
    for (; two_a != 0; two_a &= two_a - 1) { /* Phase2b(a) */
      unsigned vote = __builtin_ctz(two_a);
      step(with(state, a, (word & ~127u) | (vote / 2 + 1) | (vote + 1) << LAST | 1u << (TWO_B + vote)));
    }
  }
}

/* Not both values are chosen; a value is chosen once a quorum voted for it in one ballot. */
static inline bool is_allowed(State state) {
  uint32_t x = state.word[0] >> TWO_B, y = state.word[1] >> TWO_B, z = state.word[2] >> TWO_B;
  uint32_t chosen = (x & y) | (x & z) | (y & z);
  return (chosen & 0x55) == 0 || (chosen & 0xaa) == 0;
}

int main(int count, char **arguments) {
  ballots = count == 2 ? atoi(arguments[1]) : 0;
  if (ballots < 1 || ballots > MAX) { fprintf(stderr, "usage: %s BALLOTS (1 to %d)\n", arguments[0], MAX); return 2; }
  explore("paxos", arguments[1], (State){{0}});
}
