// Mutual exclusion by a replicated lock: two clients are never inside together, whatever fails and whoever crashes.

// Free, or held by one client. Asking again while holding it is answered yes, and only the holder frees it.
ADO DLock {
  shared owner : option N := None;
  method tryAcquire() {
    if (this.owner == None) { this.owner := Some(me); }
    return this.owner == Some(me);
  }
  method release() {
    if (this.owner == Some(me)) { this.owner := None; }
  }
}

// A client is inside from the moment it learns that it has the lock until it begins to give it back.
DApp Critical(lk: DLock) {
  var inside : bool := false;
  proc enter() {
    ok := lk.tryAcquire()!!;
    if (!ok) { return; }
    this.inside := true;
  }
  proc leave() {
    if (!this.inside) { return; }
    this.inside := false;
    lk.release()!!;
  }
}

theorem mutex: never Critical exists c, d: c != d && c.inside && d.inside
  given clients = 2, each enter() then leave() then enter(), times = 4, crashes = 1, lost = 1;

theorem mutex_for_three: never Critical exists c, d: c != d && c.inside && d.inside
  given clients = 3, each enter() then leave(), times = 3;

// The same program with the lock on three nodes that run Multi-Paxos, message by message.
theorem mutex_over_multi_paxos: never Critical exists c, d: c != d && c.inside && d.inside
  over multi-paxos(nodes = 3, ballots = 2, entries = 1)
  given clients = 2, each enter();

theorem holder_is_owner: always Critical forall c: c.inside ==> lk.owner == Some(c)
  given clients = 2, each enter() then leave() then enter(), times = 4, crashes = 1, lost = 1;

// What was given back is there for the next.
DApp Visiting(lk: DLock) {
  var visited : bool := false;
  proc visit() {
    ok := lk.tryAcquire()!!;
    if (!ok) { return; }
    this.visited := true;
    lk.release()!!;
  }
}

theorem both_can_enter: sometimes Visiting forall c: c.visited
  given clients = 2, each visit(), times = 4;

theorem lock_can_be_taken: sometimes DLock owner == Some(2)
  given clients = 2, each tryAcquire() | release(), times = 2;
