// Two-phase commit over replicated resource managers. The transaction manager is one client: it owns every resource
// manager from the start, and so needs no pull. First comes the manager as the talk prints it: it never commits what somebody
// refuses, but its last loop ends with any push, also with one that committed only the `prepare`, and then the decision is
// lost on the way. The repaired one pushes until the answer is that of its own `decide`.

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

// What an outsider may see: a transaction happens, at once and everywhere, or its call was given up.
ADO Transaction {
  shared committed : [bool] := [];
  method handle_request(ts) { this.committed[ts] := true; return COMMIT; }
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
      if (res == NO || res == FAIL) { tx.decision := ABORT; break; }
    }
  }
  proc decide(tx) {
    for rm in [this.rm_1, ..., this.rm_n] {
      rm.decide(tx.ts, tx.decision);
      while (rm.push() == FAIL) {}
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

theorem TM_agrees: never TM
    exists a in [rm_1, ..., rm_n], b in [rm_1, ..., rm_n]:
      a.txs[1] == Some(COMMIT) && b.txs[1] == Some(ABORT)
  given clients = 1, each init() then handle_request(1), n = 2, MAX_TRY = 2, times = 1;

theorem TM_commits_only_what_all_want: always TM
    forall a in [rm_1, ..., rm_n], b in [rm_1, ..., rm_n]: a.txs[1] == Some(COMMIT) ==> b.willing
  given clients = 1, each init() then handle_request(1), n = 2, MAX_TRY = 2, times = 1;

theorem TM_can_commit: sometimes TM forall rm in [rm_1, ..., rm_n]: rm.txs[1] == Some(COMMIT)
  given clients = 1, each init() then handle_request(1), n = 2, MAX_TRY = 2, times = 1;

theorem TM_can_abort: sometimes TM exists rm in [rm_1, ..., rm_n]: rm.txs[1] == Some(ABORT)
  given clients = 1, each init() then handle_request(1), n = 2, MAX_TRY = 2, times = 1;

theorem TM_transaction: TM implements Transaction
  given clients = 1, each init() then handle_request(1), n = 2, MAX_TRY = 2, times = 1;

counterexample TM_settles: always TM
    forall c, rm in [rm_1, ..., rm_n]: c.finished == 1 ==> rm.txs[1] != Some(YES)
  given clients = 1, each init() then handle_request(1), n = 2, MAX_TRY = 2, times = 1;

DApp TMRepaired(rm_1: RM, ..., rm_n: RM) {
  var finished : int := 0;
  proc init() {
    for rm in [this.rm_1, ..., this.rm_n] { while (rm.pull() == FAIL) {} }
  }
  proc collect_decisions(tx) {
    for rm in [this.rm_1, ..., this.rm_n] {
      rm.prepare(tx);
      for i in 0..MAX_TRY { res := rm.push(); if (res == YES || res == NO) { break; } }
      if (res != YES) { tx.decision := ABORT; break; }
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

theorem TM_repaired_agrees: never TMRepaired
    exists a in [rm_1, ..., rm_n], b in [rm_1, ..., rm_n]:
      a.txs[1] == Some(COMMIT) && b.txs[1] == Some(ABORT)
  given clients = 1, each init() then handle_request(1), n = 2, MAX_TRY = 2, times = 1;

theorem TM_repaired_commits_only_what_all_want: always TMRepaired
    forall a in [rm_1, ..., rm_n], b in [rm_1, ..., rm_n]: a.txs[1] == Some(COMMIT) ==> b.willing
  given clients = 1, each init() then handle_request(1), n = 2, MAX_TRY = 2, times = 1;

theorem TM_repaired_settles: always TMRepaired
    forall c, rm in [rm_1, ..., rm_n]: c.finished == 1 ==> rm.txs[1] != Some(YES)
  given clients = 1, each init() then handle_request(1), n = 2, MAX_TRY = 2, times = 1;

theorem TM_repaired_transaction: TMRepaired implements Transaction
  given clients = 1, each init() then handle_request(1) then handle_request(2), n = 2, MAX_TRY = 1, times = 1;

theorem TM_repaired_returns: TMRepaired returns
  given clients = 1, each init() then handle_request(1), n = 2, MAX_TRY = 2, times = 2;
