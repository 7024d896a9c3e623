/* Single-decree Paxos: `MCPaxosTiny` of tlaplus/Examples (PaxosHowToWinATuringAward) with 1 to 4 ballots, from 0.
 * Three acceptors, two values; two acceptors are a quorum; a message once sent stays.
 *
 * A vote for value v in ballot b has the number 2b + v. An acceptor's last vote is 0 for none, or 1 + that number.
 * A 1b message of ballot b reports no vote or one of a lower ballot, 2b + 1 cases: its bit is b * b + the last vote.
 *
 *   words 0-2   an acceptor. Bits 0-2: 1 + maxBal; bits 3-6: its last vote; messages it sent, bits 7-22: 1b,
 *               bits 23-30: 2b by vote
 *   word 3      the leaders. Messages they sent, bits 0-3: 1a by ballot, bits 4-11: 2a by vote
 *
 * A step is an action with its parameters, Phase2a(b, v) among them once for each quorum that allows it: 23,466 steps
 * for two ballots. Taken once, however many quorums allow it, there are 22,994 (1,316,583 and 67,903,140 for three and
 * four ballots). TLC's 23,563 are 23,562 and the initial state: it takes Phase2a once for each quorum and, if votes
 * were reported, for each of the quorum's messages that may justify v. */
#define WORDS 4
#include "explore.h"

enum { ACCEPTORS = 3, LEADERS = 3, MOST_BALLOTS = 4 };
enum { LAST = 3, ONE_B = 7, TWO_B = 23, TWO_A = 4 }; /* the first bit of a field */

static unsigned ballots;

static inline void go(State state, int i, uint32_t word) {
  state.word[i] = word;
  step(state);
}

#ifdef BROKEN
enum { QUORUM_STEP = 0 }; /* one acceptor is a quorum */
#else
enum { QUORUM_STEP = 1 }; /* acceptors a and a + 1, modulo 3, are one */
#endif

/* The values, as a set of bits, that { p, q } shows safe at ballot b: both, or that of the highest vote reported. */
static inline unsigned shown_safe(State state, unsigned b, int p, int q) {
  uint32_t mask = (2u << 2 * b) - 1;
  uint32_t from_p = state.word[p] >> (ONE_B + b * b) & mask, from_q = state.word[q] >> (ONE_B + b * b) & mask;
  if (from_p == 0 || from_q == 0) return 0;
  uint32_t votes = (from_p | from_q) >> 1;
  return votes == 0 ? 3 : votes >> ((31 - __builtin_clz(votes)) & ~1);
}

/* Phase2a(b, v) for each v that the quorum { p, q } allows. */
static inline void propose(State state, unsigned b, int p, int q) {
  unsigned safe = shown_safe(state, b, p, q);
  for (unsigned v = 0; v < 2; v++)
    if (safe >> v & 1) go(state, LEADERS, state.word[LEADERS] | 1u << (TWO_A + 2 * b + v));
}

static inline void successors(State state) {
  uint32_t leaders = state.word[LEADERS];
  for (unsigned b = 0; b < ballots; b++) {
    go(state, LEADERS, leaders | 1u << b); /* Phase1a(b) */
    if (leaders >> (TWO_A + 2 * b) & 3) continue;
    for (int a = 0; a < ACCEPTORS; a++) propose(state, b, a, (a + QUORUM_STEP) % ACCEPTORS);
  }
  for (int a = 0; a < ACCEPTORS; a++) {
    uint32_t word = state.word[a], promised = word & 7, last = word >> LAST & 15;
    uint32_t higher = (leaders & 15) >> promised << promised; /* 1a messages of a ballot > maxBal */
    for (; higher != 0; higher &= higher - 1) {
      unsigned b = __builtin_ctz(higher);
      go(state, a, (word & ~7u) | (b + 1) | 1u << (ONE_B + b * b + last)); /* Phase1b(a) */
    }
    unsigned lowest = promised == 0 ? 0 : 2 * (promised - 1);
    uint32_t proposed = leaders >> TWO_A >> lowest << lowest; /* 2a messages of a ballot >= maxBal */
    for (; proposed != 0; proposed &= proposed - 1) {
      unsigned vote = __builtin_ctz(proposed);
      go(state, a, (word & ~127u) | (vote / 2 + 1) | (vote + 1) << LAST | 1u << (TWO_B + vote)); /* Phase2b(a) */
    }
  }
}

/* At most one value is chosen; a quorum chose it by voting for it in one ballot. */
static inline bool is_allowed(State state) {
  uint32_t x = state.word[0] >> TWO_B, y = state.word[1] >> TWO_B, z = state.word[2] >> TWO_B;
  uint32_t chosen = (x & y) | (x & z) | (y & z);
  return (chosen & 0x55) == 0 || (chosen & 0xaa) == 0;
}

int main(int count, char **arguments) {
  ballots = count == 2 ? atoi(arguments[1]) : 0;
  if (ballots < 1 || ballots > MOST_BALLOTS) {
    fprintf(stderr, "usage: %s BALLOTS, 1 to %d\n", arguments[0], MOST_BALLOTS);
    return 2;
  }
  explore("paxos", arguments[1], (State){{0}});
}
