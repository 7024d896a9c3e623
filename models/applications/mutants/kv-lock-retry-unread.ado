// Mutant: a get that has run out of tries answers the empty string.

ADO KV {
  shared kv : [string * int] := [];
  method set(k, v)  { this.kv[hash(k)] := (v, len(v)); }
  method get(k)     { return this.kv[hash(k)][0]; }
  method getmeta(k) { return this.kv[hash(k)][1]; }
}

ADO DVec[T] {
  shared data : [T] := [];
  method insert(idx, x) { this.data[idx] := x; }
  method get(idx)       { return this.data[idx]; }
}

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

DApp KVLockRetry(lk: DLock, data: DVec[string], meta: DVec[int]) {
  proc set(k, v) {
    for retry in 0..N {
      if (lk.pull() == FAIL) { continue; }
      ok := lk.tryAcquire();
      if (lk.push() == FAIL) { continue; }
      if (ok) { break; }
    }
    if (retry == N) { return; }
    for retry in 0..N {
      if (data.pull() == FAIL) { continue; }
      data.insert(hash(k), v);
      if (data.push() != FAIL) { break; }
    }
    if (retry == N) { return; }
    for retry in 0..N {
      if (meta.pull() == FAIL) { continue; }
      meta.insert(hash(k), len(v));
      if (meta.push() != FAIL) { break; }
    }
    if (retry == N) { return; }
    for retry in 0..N {
      if (lk.pull() == FAIL) { continue; }
      lk.release();
      if (lk.push() != FAIL) { break; }
    }
    if (retry == N) { return; }
  }
  proc get(k) {
    for retry in 0..N {
      if (lk.pull() == FAIL) { continue; }
      ok := lk.tryAcquire();
      if (lk.push() == FAIL) { continue; }
      if (ok) { break; }
    }
    if (retry == N) { return; }
    for retry in 0..N {
      if (data.pull() == FAIL) { continue; }
      data.get(hash(k));
      v := data.push();
      if (v != FAIL) { break; }
    }
    if (retry == N) { v := ""; }
    for retry in 0..N {
      if (lk.pull() == FAIL) { continue; }
      lk.release();
      if (lk.push() != FAIL) { break; }
    }
    if (retry == N) { return; }
    return v;
  }
}

counterexample KV_retry: KVLockRetry implements KV
  given clients = 1, each set("a", "x") then get("a"), N = 1, times = 4;
