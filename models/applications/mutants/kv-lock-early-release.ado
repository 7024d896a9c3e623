// Mutant: the set releases the lock before it has written the size.

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

DApp KVLock(lk: DLock, data: DVec[string], meta: DVec[int]) {
  proc set(k, v) {
    ok := lk.tryAcquire()!;
    if (!ok) { return; }
    data.insert(hash(k), v)!;
    lk.release()!;
    meta.insert(hash(k), len(v))!;
  }
  proc get(k) {
    ok := lk.tryAcquire()!;
    if (!ok) { return; }
    v := data.get(hash(k))!;
    lk.release()!;
    return v;
  }
  proc getmeta(k) {
    ok := lk.tryAcquire()!;
    if (!ok) { return; }
    size := meta.get(hash(k))!;
    lk.release()!;
    return size;
  }
}

counterexample KV_correct: KVLock implements KV
  given clients = 2, client 1 set("a", "x"), client 2 get("a") then getmeta("a"), times = 6;
