// Package audit stores records in a chain of hashes, so that a change, a removal, an
// insertion or another order of them is found.
//
// A folder holds segments, which are files with one JSON document a line. The hash of a
// record covers the hash of the record before it, its number, its time, its kind and the
// hash of its payload. A closed segment has a manifest with its first and last hash,
// signed with Ed25519. Manifests are chained too.
//
// A hash covers the hash of a payload and not the payload, so an export can omit the payloads
// of other people, and the chain can still be verified.
package audit
