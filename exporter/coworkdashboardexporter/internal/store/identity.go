package store

import (
	"encoding/binary"
	"math/bits"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A digest is a hash by which something is known again, also after a restart: it has
// no secret seed. Whoever can make two events collide could as well not send one.
type digest uint64

// Multipliers with as many ones as zeros.
const (
	mixA = 0xa0761d6478bd642f
	mixB = 0xe7037ed1a0b428db
)

func (d digest) word(w uint64) digest {
	hi, lo := bits.Mul64(uint64(d)^w^mixA, mixB)
	return digest(hi ^ lo ^ uint64(d)<<1)
}

// text adds a string and its length, so that ("ab", "c") is not ("a", "bc").
func (d digest) text(s string) digest {
	d = d.word(uint64(len(s)))
	for ; len(s) >= 8; s = s[8:] {
		d = d.word(binary.LittleEndian.Uint64([]byte(s[:8])))
	}
	var last [8]byte
	copy(last[:], s)
	return d.word(binary.LittleEndian.Uint64(last[:]))
}

// ids say by what an event of a kind is known in its session besides its time and
// sequence: a request counts once however often it is told.
var ids = map[string]func(cowork.Event) string{
	"user_prompt":   cowork.Event.PromptID,
	"api_request":   requestID,
	"tool_decision": cowork.DimensionOf("tool_use_id"),
	"tool_result":   cowork.DimensionOf("tool_use_id"),
}

func requestID(e cowork.Event) string {
	r, _ := cowork.APIRequestOf(e)
	return r.RequestID()
}

// identityOf returns by what an event is known when it comes again, 0 if by nothing:
// then it is always new.
func identityOf(e cowork.Event, name string) uint64 {
	d := digest(1).text(name).text(e.SessionID())
	switch id := ids[name]; {
	case name == summaryKind:
		part, _ := e.Int("cowork.prompt.part")
		return uint64(d.text(e.PromptID()).word(uint64(part)))
	case name == alertKind:
		return 0 // an alert's latest telling counts, however often it is told
	case id != nil:
		if text := id(e); text != "" {
			return uint64(d.text(text))
		}
	}
	return byMoment(e, d)
}

// byMoment knows an event by its time and sequence, of which neither alone is enough:
// many share a millisecond, and every process counts from 0.
func byMoment(e cowork.Event, d digest) uint64 {
	sequence, ok := e.Sequence()
	at := e.Time()
	if !ok || at == 0 {
		return 0
	}
	return uint64(d.word(uint64(at)).word(uint64(sequence)))
}

// recent knows the last events that came. It is not safe for concurrent use.
type recent struct {
	known map[uint64]struct{}
	ring  []uint64
	next  int
	limit int
}

func newRecent(limit int) *recent {
	return &recent{known: map[uint64]struct{}{}, limit: limit}
}

// add reports whether an id is new, and makes it known in the place of the oldest.
func (r *recent) add(id uint64) bool {
	if _, ok := r.known[id]; ok {
		return false
	}
	r.known[id] = struct{}{}
	if len(r.ring) < r.limit {
		r.ring = append(r.ring, id)
		return true
	}
	delete(r.known, r.ring[r.next])
	r.ring[r.next] = id
	r.next = (r.next + 1) % r.limit
	return true
}
