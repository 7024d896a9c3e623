/* Single-decree Paxos with N ballots (1 to 4): the same model as paxos.c, for SPIN.
 *
 * One process, one d_step per action, messages as bits, votes numbered as in paxos.c: SPIN stores exactly the
 * states of `MCPaxosTiny`; its transitions count one more, for the initial state. The Makefile tells how it is
 * built. */
#ifndef N
#define N 2
#endif

byte one_a, two_a;  /* messages sent: 1a by ballot, 2a by vote */
byte promised[3];   /* 1 + maxBal */
byte last[3];       /* 0 or 1 + the last vote */
short one_b[3];     /* messages sent: bit b * b + last, at most bit 15 */
byte two_b[3];      /* messages sent, by vote */

#define REPORTS(a, b) (one_b[a] >> b * b & (2 << 2 * b) - 1)
#define HIGHEST(votes) (votes >> 4 -> votes >> 4 : (votes >> 2 -> votes >> 2 : votes))
#define SHOWN(votes, v) (votes == 0 || (HIGHEST(votes) & 1 << v))
#define SAFE(p, q, b, v) (REPORTS(p, b) && REPORTS(q, b) && SHOWN(((REPORTS(p, b) | REPORTS(q, b)) >> 1), v))

#define PHASE1A(b) \
  :: d_step { one_a = one_a | 1 << b }
#define PHASE1B(a, b) \
  :: d_step { (one_a & 1 << b) && b >= promised[a] -> \
       promised[a] = b + 1; one_b[a] = one_b[a] | 1 << b * b + last[a] }
#define PHASE2A(p, q, b, v) \
  :: d_step { !(two_a >> 2 * b & 3) && SAFE(p, q, b, v) -> two_a = two_a | 1 << 2 * b + v }
#define PHASE2B(a, b, v) \
  :: d_step { (two_a & 1 << 2 * b + v) && b + 1 >= promised[a] -> \
       promised[a] = b + 1; last[a] = 2 * b + v + 1; two_b[a] = two_b[a] | 1 << 2 * b + v }

#define ACCEPTOR(a, b) PHASE1B(a, b) PHASE2B(a, b, 0) PHASE2B(a, b, 1)
#define QUORUM(p, q, b) PHASE2A(p, q, b, 0) PHASE2A(p, q, b, 1)
#define BALLOT(b) PHASE1A(b) QUORUM(0, 1, b) QUORUM(1, 2, b) QUORUM(2, 0, b) \
  ACCEPTOR(0, b) ACCEPTOR(1, b) ACCEPTOR(2, b)

#define CHOSEN (two_b[0] & two_b[1] | two_b[0] & two_b[2] | two_b[1] & two_b[2])

active proctype paxos() {
end:
  do
  :: d_step { (CHOSEN & 85) && (CHOSEN & 170) -> assert(false) } /* not both values are chosen; once a state */
  BALLOT(0)
#if N > 1
  BALLOT(1)
#endif
#if N > 2
  BALLOT(2)
#endif
#if N > 3
  BALLOT(3)
#endif
  od
}
