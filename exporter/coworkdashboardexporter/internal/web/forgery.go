package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"net/http"
	"time"
)

// A forgeryGuard refuses changes that another website requests through a browser. A
// change must come from this origin, and have a token that only the page has: another
// origin cannot read it. It is immutable and safe for concurrent use.
type forgeryGuard struct {
	key    [32]byte
	origin *http.CrossOriginProtection
}

// tokenHours is how long a token is valid. The page of an older one must be loaded again.
const tokenHours = 12

func newForgeryGuard() *forgeryGuard {
	g := &forgeryGuard{origin: http.NewCrossOriginProtection()}
	_, _ = rand.Read(g.key[:]) // never fails
	return g
}

// token returns the token of an hour for a purpose, such as the address of a form.
func (g *forgeryGuard) token(purpose string, now time.Time) string {
	return g.tokenOf(purpose, now.Unix()/3600)
}

func (g *forgeryGuard) tokenOf(purpose string, hour int64) string {
	mac := hmac.New(sha256.New, g.key[:])
	var text [8]byte
	binary.BigEndian.PutUint64(text[:], uint64(hour))
	mac.Write(text[:])
	mac.Write([]byte(purpose))
	return hex.EncodeToString(mac.Sum(nil))
}

// check returns why a change is refused, nil if it is not.
func (g *forgeryGuard) check(r *http.Request, purpose, token string, now time.Time) error {
	if g.origin.Check(r) != nil {
		return errCrossSite
	}
	for hour := now.Unix() / 3600; hour > now.Unix()/3600-tokenHours; hour-- {
		if hmac.Equal([]byte(token), []byte(g.tokenOf(purpose, hour))) {
			return nil
		}
	}
	return errToken
}
