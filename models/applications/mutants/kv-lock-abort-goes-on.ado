// Mutant: a set whose value could not be written writes the size all the same, and is done.

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

DApp KVLockAbort(lk: DLock, data: DVec[string], meta: DVec[int]) {
  proc lock() {
    if (lk.pull() == FAIL) { return; }
    ok := lk.tryAcquire();
    if (lk.push() == FAIL) { return; }
    if (!ok) { return; }
  }
  proc unlock() {
    if (lk.pull() == FAIL) { return; }
    lk.release();
    if (lk.push() == FAIL) { return; }
  }
  proc set(k, v) {
    if (lk.pull() == FAIL) { return; }
    ok := lk.tryAcquire();
    if (lk.push() == FAIL) { return; }
    if (!ok) { return; }

    if (data.pull() == FAIL) { return; }
    data.insert(hash(k), v);
    data.push();

    if (meta.pull() == FAIL) { return; }
    meta.insert(hash(k), len(v));
    if (meta.push() == FAIL) { return; }

    if (unlock() == FAIL) { return; }
  }
  proc get(k) {
    if (lock() == FAIL) { return; }
    if (data.pull() == FAIL) { return; }
    data.get(hash(k));
    v := data.push();
    if (v == FAIL) { return; }
    if (unlock() == FAIL) { return; }
    return v;
  }
  proc getmeta(k) {
    if (lock() == FAIL) { return; }
    if (meta.pull() == FAIL) { return; }
    meta.get(hash(k));
    size := meta.push();
    if (size == FAIL) { return; }
    if (unlock() == FAIL) { return; }
    return size;
  }
}

counterexample KV_abort: KVLockAbort implements KV
  given clients = 1, each set("a", "x") then get("a"), times = 4;
