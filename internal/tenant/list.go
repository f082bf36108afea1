package tenant

import (
	"crypto/sha256"
	"time"
)

// A Digest is the SHA-256 digest of a token.
type Digest [sha256.Size]byte

// DigestOf returns the digest of a token.
func DigestOf(token string) Digest { return sha256.Sum256([]byte(token)) }

// A List finds tenants by their tokens. It does not change, and is safe for concurrent use.
type List struct {
	keys    map[Digest]key
	tenants int
	files   map[string]bool
}

// A key is a token of a tenant.
type key struct {
	tenant     *Tenant
	until      time.Time // the zero time: without end
	superseded bool      // it has a successor
}

// A Result is why a token is accepted or refused. It is a label of a metric.
type Result string

// The results.
const (
	Accepted   Result = "accepted"
	Unknown    Result = "unknown"
	Expired    Result = "expired"
	Superseded Result = "superseded" // an older token of a rotation, after its end
)

// Find returns the tenant of a token at a time, nil if the token is refused.
//
// The token is compared by its digest in a map: the time that this takes depends on the
// digest and not on how much of the token is right.
func (l *List) Find(token string, now time.Time) (*Tenant, Result) {
	k, ok := l.keys[DigestOf(token)]
	switch {
	case !ok:
		return nil, Unknown
	case k.until.IsZero() || now.Before(k.until):
		return k.tenant, Accepted
	case k.superseded:
		return nil, Superseded
	default:
		return nil, Expired
	}
}

// Usable returns how many tenants have a token that is accepted at a time, and how many of
// them have none after another time.
func (l *List) Usable(now, later time.Time) (usable, ending int) {
	last := map[*Tenant]time.Time{}
	for _, k := range l.keys {
		end := k.until
		if end.IsZero() {
			end = endless
		}
		if end.After(last[k.tenant]) {
			last[k.tenant] = end
		}
	}
	for _, end := range last {
		switch {
		case !end.After(now):
		case !end.After(later):
			usable++
			ending++
		default:
			usable++
		}
	}
	return usable, ending
}

// endless is after the end of every token.
var endless = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// Tenants returns how many tenants the list has.
func (l *List) Tenants() int { return l.tenants }

// HasFile reports whether a token of the list is in a file, as token_file names it.
func (l *List) HasFile(path string) bool { return l != nil && l.files[path] }
