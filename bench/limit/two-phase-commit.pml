/* Two-phase commit with N resource managers (1 to 9): the same model as two-phase-commit.c, for SPIN.
 *
 * One process, one d_step per action, the sets of RMs as bits: nothing but the state itself changes the state
 * vector, so SPIN stores exactly the states of `TwoPhase`; its transitions count one more, for the initial state.
 * The Makefile tells how it is built. */
#ifndef N
#define N 3
#endif
#define ALL ((1 << N) - 1)

byte tm;               /* the TM's state: initial (0), committed (1) or aborted (2) */
bool commit, abort;    /* the messages sent to all RMs */
short sent, received;  /* the Prepared messages sent, and those that the TM received */
short low, high;       /* an RM is working (00), prepared (01), committed (10) or aborted (11) */

#define RM(r) \
  :: d_step { tm == 0 && (sent & r) -> received = received | r }             /* TMRcvPrepared */ \
  :: d_step { !((low | high) & r) -> low = low | r; sent = sent | r }        /* RMPrepare */ \
  :: d_step { !((low | high) & r) -> low = low | r; high = high | r }        /* RMChooseToAbort */ \
  :: d_step { commit -> low = low & ~r; high = high | r }                    /* RMRcvCommitMsg */ \
  :: d_step { abort -> low = low | r; high = high | r }                      /* RMRcvAbortMsg */

active proctype two_phase_commit() {
end:
  do
  :: d_step { (low & high) && (high & ~low) -> assert(false) }               /* TCConsistent, once a state */
  :: d_step { tm == 0 && received == ALL -> tm = 1; commit = true }          /* TMCommit */
  :: d_step { tm == 0 -> tm = 2; abort = true }                              /* TMAbort */
  RM(1)
#if N > 1
  RM(2)
#endif
#if N > 2
  RM(4)
#endif
#if N > 3
  RM(8)
#endif
#if N > 4
  RM(16)
#endif
#if N > 5
  RM(32)
#endif
#if N > 6
  RM(64)
#endif
#if N > 7
  RM(128)
#endif
#if N > 8
  RM(256)
#endif
  od
}
