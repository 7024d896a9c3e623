/* Two-phase commit with N resource managers: `TwoPhase` of tlaplus/Examples (transaction_commit), N up to 15.
 *
 *   word 0   bits 0-14 and 15-29: the low and the high bit of each RM's state; bits 30-31: the TM's state
 *   word 1   bits 0-14: the Prepared messages sent; bits 15-29: those the TM received; bits 30, 31: Commit, Abort sent */
#define WORDS 2
#include "explore.h"

enum { MAX = 15, HIGH = MAX, RECEIVED = MAX };
/* An RM is working (00), prepared (01), committed (10) or aborted (11). */
static const uint32_t TM_INIT = 0, TM_COMMITTED = 1, TM_ABORTED = 2;
static const uint32_t COMMIT = 1u << 30, ABORT = 1u << 31;

static uint32_t all; /* the set of RMs */

/* Runs `rm`, a set of one, through the elements of a set. */
#define EACH(rm, set) (uint32_t rest_ = (set), rm; (rm = rest_ & -rest_) != 0; rest_ ^= rm)

static inline void go(uint32_t word0, uint32_t word1) { step((State){{word0, word1}}); }

static inline bool may_commit(uint32_t received) {
#ifdef BROKEN /* one prepared RM is enough */
  return received != 0;
#else
  return received == all;
#endif
}

static inline void successors(State state) {
  uint32_t s0 = state.word[0], s1 = state.word[1];
  uint32_t working = all & ~s0 & ~(s0 >> HIGH), sent = s1 & all, received = s1 >> RECEIVED & all;
  if (s0 >> 30 == TM_INIT) {
    for EACH (rm, sent) go(s0, s1 | rm << RECEIVED);                             /* TMRcvPrepared */
    if (may_commit(received)) go(s0 | TM_COMMITTED << 30, s1 | COMMIT);               /* TMCommit */
    go(s0 | TM_ABORTED << 30, s1 | ABORT);                                       /* TMAbort */
  }
  for EACH (rm, working) go(s0 | rm, s1 | rm);                                   /* RMPrepare */
  for EACH (rm, working) go(s0 | rm | rm << HIGH, s1);                           /* RMChooseToAbort */
  if (s1 & COMMIT) for EACH (rm, all) go((s0 & ~rm) | rm << HIGH, s1);           /* RMRcvCommitMsg */
  if (s1 & ABORT) for EACH (rm, all) go(s0 | rm | rm << HIGH, s1);               /* RMRcvAbortMsg */
}

/* TCConsistent: no RM aborted while another committed. */
static inline bool is_allowed(State state) {
  uint32_t low = state.word[0] & all, high = state.word[0] >> HIGH & all;
  return (high & low) == 0 || (high & ~low) == 0;
}

int main(int count, char **arguments) {
  int n = count == 2 ? atoi(arguments[1]) : 0;
  if (n < 1 || n > MAX) { fprintf(stderr, "usage: %s RMS (1 to %d)\n", arguments[0], MAX); return 2; }
  all = (1u << n) - 1;
  explore("two-phase-commit", arguments[1], (State){{0, 0}});
}
