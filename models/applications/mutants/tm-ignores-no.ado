// Mutant: a refusal is not looked at.

enum Decision { YES, NO, COMMIT, ABORT }
record Tx { ts : int; decision : Decision; }

// A resource manager: willing or not, it does not change its mind. It keeps what is known of each transaction.
ADO RM {
  shared willing : bool := any;
  shared txs : [option Decision] := [];
  method prepare(tx) {
    if (this.willing) { tx.decision := YES; } else { tx.decision := NO; }
    this.txs[tx.ts] := Some(tx.decision);
    return tx.decision;
  }
  method decide(ts, decision) {
    if (this.txs[ts] != None) { this.txs[ts] := Some(decision); }
    return decision;
  }
}

DApp TM(rm_1: RM, ..., rm_n: RM) {
  var finished : int := 0;
  proc init() {
    for rm in [this.rm_1, ..., this.rm_n] { while (rm.pull() == FAIL) {} }
  }
  proc collect_decisions(tx) {
    for rm in [this.rm_1, ..., this.rm_n] {
      rm.prepare(tx);                                   // no pull needed
      for i in 0..MAX_TRY { res := rm.push(); if (res != FAIL) { break; } }
      if (res == FAIL) { tx.decision := ABORT; break; }
    }
  }
  proc decide(tx) {
    for rm in [this.rm_1, ..., this.rm_n] {
      rm.decide(tx.ts, tx.decision);
      while (rm.push() != tx.decision) {}
    }
  }
  proc handle_request(ts) {
    tx := Tx { ts: ts, decision: COMMIT };
    collect_decisions(tx);
    decide(tx);
    this.finished := ts;
    if (tx.decision == ABORT) { return; }
    return tx.decision;
  }
}

counterexample TM_commits_only_what_all_want: always TM
    forall a in [rm_1, ..., rm_n], b in [rm_1, ..., rm_n]: a.txs[1] == Some(COMMIT) ==> b.willing
  given clients = 1, each init() then handle_request(1), n = 2, MAX_TRY = 2, times = 1;
