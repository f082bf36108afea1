// Package digest computes 64-bit digests of several fields and remembers them in
// bounded memory.
//
// A [Digest] identifies a record, a session or a series by 8 bytes. It has no secret
// seed, since digests are stored and compared after a restart. A sender that can
// construct a collision could omit the event just as well. Where senders must not be
// able to make two series equal, [Digest.Word] mixes hashes that have a seed.
//
// A [Set] remembers the latest digests in two generations. When the younger
// generation is full, the older one is dropped, so memory is bounded and dropping
// costs nothing per digest.
package digest
