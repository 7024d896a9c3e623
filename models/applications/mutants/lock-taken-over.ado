// Mutant: the lock is given to whoever asks last.

ADO DLock {
  shared owner : option N := None;
  method tryAcquire() {
    this.owner := Some(me);
    return this.owner == Some(me);
  }
  method release() {
    if (this.owner == Some(me)) { this.owner := None; }
  }
}

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

counterexample mutex: never Critical exists c, d: c != d && c.inside && d.inside
  given clients = 2, each enter() | leave(), calls = 2, times = 4;
