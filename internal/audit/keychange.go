package audit

// This file holds the change of the signing key: a record of the chain names the new key, and
// has the last head that the key before has signed.

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// A KeyChange is a record after which another key signs.
type KeyChange struct {
	Seq      uint64
	Time     time.Time
	From, To string // ids of keys; empty if nothing is signed
	// SignedTo is the number of the newest record that the key before has signed. The key after
	// has signed those that follow.
	SignedTo uint64
}

// A keyChange is the payload of the record.
type keyChange struct {
	Head json.RawMessage `json:"head"`          // as it was in head.json
	Key  []byte          `json:"key,omitempty"` // the public key that signs from now on
}

func parseKeyChange(payload []byte) (c keyChange, err error) {
	if json.Unmarshal(payload, &c) != nil || len(c.Head) == 0 {
		return c, errors.New("is no change of the key")
	}
	return c, nil
}

// summary describes the change.
func (c *keyChange) summary(r *Record, h *head) KeyChange {
	id := func(key []byte) string {
		if key == nil {
			return ""
		}
		return KeyID(key)
	}
	return KeyChange{Seq: r.Seq, Time: r.Time, From: id(h.PublicKey), To: id(c.Key), SignedTo: h.Seq}
}

// A signer is the key that must have signed what is read next. The zero value accepts each.
type signer struct {
	isKnown bool
	key     []byte
}

var errOtherSigner = errors.New("is signed with another key than that of the last key_change record")

func (s signer) accepts(key []byte) bool { return !s.isKnown || bytes.Equal(s.key, key) }

// signers are the signers at the head and at the end of what was read.
type signers struct{ atHead, last signer }

// addChange adds the change of a record.
func (s *signers) addChange(seq uint64, key []byte, headSeq uint64) {
	s.last = signer{true, key}
	if seq <= headSeq {
		s.atHead = s.last
	}
}

// publicKeyOf returns the public key of a key, nil without one.
func publicKeyOf(key ed25519.PrivateKey) []byte {
	if key == nil {
		return nil
	}
	return key.Public().(ed25519.PublicKey)
}

// changeKey records that the key of this run signs from now on, if it is not the key of the run
// before, and closes the segment. The old head proves the records up to it, since no one has to
// have the old key any more. A kill leaves a change without a closed segment.
func changeKey(w *Writer, now time.Time, h *head, s signers) error {
	current := h.PublicKey
	if s.last.isKnown {
		current = s.last.key
	}
	if isOwn := bytes.Equal(current, publicKeyOf(w.set.Key)); !isOwn {
		text, _ := json.Marshal(h) // as it was read
		change := keyChange{Head: text, Key: publicKeyOf(w.set.Key)}
		payload, _ := json.Marshal(change)
		if err := w.appendRecords(now, KindKeyChange, true, payload); err != nil {
			return err
		}
		changed := change.summary(&Record{Seq: w.cur.LastSeq, Time: now}, h)
		w.KeyChanged = &changed
	} else if !s.last.isKnown {
		return nil
	}
	return w.Rotate(now)
}

// addKeyChange verifies a change: its head must be signed with one of the keys, and be that of
// a record before.
func (v *verifier) addKeyChange(r *Record, name string) error {
	c, err := parseKeyChange(r.Payload)
	if err != nil {
		return err
	}
	h, err := parseSigned[*head](append(bytes.Clone(c.Head), '\n'), v.opt.Keys)
	if err != nil {
		return fmt.Errorf("changes the key, and its head %w (pass the public keys from before and after)", err)
	}
	if found, err := v.hashBefore(r, h.Seq, name); err != nil || found != h.Hash {
		return errors.Join(err, errors.New("changes the key, and its head has another hash than its record"))
	}
	v.signers.addChange(r.Seq, c.Key, v.head.Seq)
	change := c.summary(r, &h)
	v.sum.KeyChanges = append(v.sum.KeyChanges, change)
	for _, id := range []string{change.From, change.To} {
		if id != "" {
			v.sum.Keys[id] = true
		}
	}
	return nil
}

// hashBefore returns the hash of a record of the same segment before another one, or of the
// last record before the segment. Only a killed writer leaves records after the head, so that
// the segment is read again.
func (v *verifier) hashBefore(r *Record, seq uint64, name string) (found Hash, err error) {
	switch seq {
	case r.Seq - 1:
		return r.Prev, nil
	case v.cur.FirstSeq - 1:
		return v.cur.FirstPrev, nil
	}
	f, err := os.Open(filepath.Join(v.dir, name))
	if err != nil {
		return found, err
	}
	defer f.Close()
	reader, buffer := bufio.NewReaderSize(f, 1<<16), []byte(nil)
	for {
		if buffer, err = readLine(reader, buffer); err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return found, err
		}
		if before, err := parseRecord(buffer); err == nil && before.Seq == seq {
			return before.Hash, nil
		}
	}
}
