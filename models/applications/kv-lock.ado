// A key-value store over two vectors and a lock: values in one object, sizes in another. The lock makes both change
// together, so it is a KV from outside. It is safe and not live: a client that was pre-empted pushes for ever, and one that
// crashed keeps the lock.

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
    meta.insert(hash(k), len(v))!;
    lk.release()!;
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

theorem KV_correct: KVLock implements KV
  given clients = 2, each set("a", "x") | get("a") | getmeta("a"), calls = 2, times = 3,
        crashes = 1, lost = 1;

theorem KV_correct_for_three: KVLock implements KV
  given clients = 3, each set("a", "x") | get("a") | getmeta("a"), times = 3;

theorem KV_consistent: always KVLock
    lk.owner == None ==> meta.data[hash("a")] == len(data.data[hash("a")])
  given clients = 2, each set("a", "x") | set("a", "yy"), times = 3, lost = 1;

theorem KV_can_be_set: sometimes KVLock data.data[hash("a")] == "x" && meta.data[hash("a")] == 1
  given clients = 1, each set("a", "x"), times = 2;

// Pulling once and pushing for ever: after another client has pulled, the push cannot succeed any more.
counterexample KV_preempted: KVLock returns
  given clients = 2, each set("a", "x"), times = 3;

// Nobody gets past a holder that crashed: what it asks for is refused from then on.
DApp KVAfterCrash(lk: DLock) {
  var passed : bool := false;
  proc hold()  { ok := lk.tryAcquire()!!; }
  proc pass()  {
    ok := lk.tryAcquire()!!;
    if (!ok) { return; }
    this.passed := true;
  }
}

theorem KV_lock_outlives_its_holder: never KVAfterCrash
    exists c, d: c != d && c.crashed && lk.owner == Some(c) && d.passed
  given clients = 2, client 1 hold(), client 2 pass(), times = 3, crashes = 1;
