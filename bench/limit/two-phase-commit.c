/* Two-phase commit with N resource managers, 1 to 15: `TwoPhase` of tlaplus/Examples (transaction_commit).
 *
 *   word 0   bits 0-14 and 15-29: the low and the high bit of each RM's state; bits 30-31: the TM's state
 *   word 1   bits 0-14: Prepared messages sent; bits 15-29: those that the TM received; bits 30, 31: Commit, Abort
 *
 * An RM is working (00), prepared (01), committed (10) or aborted (11). A set of RMs is a set of bits. */
#define WORDS 2
#include "explore.h"

enum { MOST_RMS = 15, HIGH = MOST_RMS, RECEIVED = MOST_RMS, TM = 30 };
static const uint32_t INIT = 0, COMMITTED = 1, ABORTED = 2; /* the TM's states */
static const uint32_t COMMIT = 1u << 30, ABORT = 1u << 31;  /* messages */

static uint32_t all; /* the set of RMs */

/* Runs `rm`, a set of one, through `set`. */
#define FOR_EACH(rm, set) for (uint32_t rest = (set), rm; (rm = rest & -rest) != 0; rest ^= rm)

static inline void go(uint32_t word0, uint32_t word1) { step((State){{word0, word1}}); }

static inline bool may_commit(uint32_t received) {
#ifdef BROKEN /* one prepared RM is enough */
  return received != 0;
#else
  return received == all;
#endif
}

static inline void successors(State state) {
  uint32_t word0 = state.word[0], word1 = state.word[1];
  uint32_t working = all & ~word0 & ~(word0 >> HIGH), sent = all & word1, received = all & word1 >> RECEIVED;
  if (word0 >> TM == INIT) {
    FOR_EACH(rm, sent) go(word0, word1 | rm << RECEIVED);                         /* TMRcvPrepared(rm) */
    if (may_commit(received)) go(word0 | COMMITTED << TM, word1 | COMMIT);        /* TMCommit */
    go(word0 | ABORTED << TM, word1 | ABORT);                                     /* TMAbort */
  }
  FOR_EACH(rm, working) go(word0 | rm, word1 | rm);                               /* RMPrepare(rm) */
  FOR_EACH(rm, working) go(word0 | rm | rm << HIGH, word1);                       /* RMChooseToAbort(rm) */
  if (word1 & COMMIT) FOR_EACH(rm, all) go((word0 & ~rm) | rm << HIGH, word1);    /* RMRcvCommitMsg(rm) */
  if (word1 & ABORT) FOR_EACH(rm, all) go(word0 | rm | rm << HIGH, word1);        /* RMRcvAbortMsg(rm) */
}

/* TCConsistent: no RM is committed while another is aborted. */
static inline bool is_allowed(State state) {
  uint32_t low = all & state.word[0], high = all & state.word[0] >> HIGH;
  return (high & ~low) == 0 || (high & low) == 0;
}

int main(int count, char **arguments) {
  int rms = count == 2 ? atoi(arguments[1]) : 0;
  if (rms < 1 || rms > MOST_RMS) {
    fprintf(stderr, "usage: %s RMS, 1 to %d\n", arguments[0], MOST_RMS);
    return 2;
  }
  all = (1u << rms) - 1;
  explore("two-phase-commit", arguments[1], (State){{0}});
}
