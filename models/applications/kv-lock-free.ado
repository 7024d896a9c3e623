// A key-value store without a lock. A value is appended, and never overwritten; then its size and index are published
// together under the key. A reader looks the index up first, so what it reads was there before it was published.
// The set takes effect when the index does.

ADO KV {
  shared kv : [string * int] := [];
  method set(k, v)  { this.kv[hash(k)] := (v, len(v)); }
  method get(k)     { return this.kv[hash(k)][0]; }
  method getmeta(k) { return this.kv[hash(k)][1]; }
}

// Entries stay where they were put, and every request is served once, however often it is repeated.
ADO DVec[T] {
  shared data : [T] := [];
  shared served : [option int] := [];
  method append(x) {
    if (this.served[request] == None) {
      this.served[request] := Some(len(this.data));
      this.data[len(this.data)] := x;
    }
    return the(this.served[request]);
  }
  method insert(idx, x) {
    if (this.served[request] == None) {
      this.served[request] := Some(idx);
      this.data[idx] := x;
    }
  }
  method get(idx) { return this.data[idx]; }
}

DApp KVLockFree(data: DVec[string], meta: DVec[option (int * int)]) {
  proc set(k, v) {
    idx := data.append(v)!!;
    meta.insert(hash(k), Some((len(v), idx)))!!;
  }
  proc get(k) {
    entry := meta.get(hash(k))!!;
    if (entry == None) { return ""; }
    return data.get(the(entry)[1])!!;
  }
  proc getmeta(k) {
    entry := meta.get(hash(k))!!;
    if (entry == None) { return 0; }
    return the(entry)[0];
  }
}

theorem KV_free_correct: KVLockFree implements KV
  given clients = 2, each set("a", "x") | get("a") | getmeta("a"), calls = 2, times = 3,
        crashes = 1, lost = 1;

theorem KV_free_correct_for_three: KVLockFree implements KV
  given clients = 3, each set("a", "x") | set("a", "yy") | get("a"), times = 3;

theorem KV_free_no_dangling_index: always KVLockFree
    meta.data[hash("a")] != None ==> the(meta.data[hash("a")])[1] < len(data.data)
  given clients = 2, each set("a", "x") | set("a", "yy"), times = 3, crashes = 1, lost = 1;

// One crashed client does not keep the others from their work.
theorem KV_free_survives_crash: sometimes KVLockFree
    exists c: c.crashed && meta.data[hash("a")] != None
  given clients = 2, each set("a", "x"), times = 2, crashes = 1;
