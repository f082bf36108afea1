package audit

// This file holds the form of a record: its hash, and its line in a segment.

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"time"
)

// A Hash is a SHA-256.
type Hash [sha256.Size]byte

// String returns the hash in hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// MarshalText returns the hash in hexadecimal.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText parses a hash in hexadecimal.
func (h *Hash) UnmarshalText(text []byte) error {
	if len(text) != 2*len(h) {
		return errors.New("hash: has another length (64 hexadecimal digits are one)")
	}
	_, err := hex.Decode(h[:], text)
	return err
}

// Kinds of records.
const (
	KindRecord  = "record"
	KindRestart = "restart" // the writer was started again; the payload has what was cut
	// KindKeyChange is the last record of a segment after which another key signs.
	KindKeyChange = "key_change"
)

var kinds = []string{KindRecord, KindRestart, KindKeyChange}

// MaxPayload is the maximum size of a payload.
const MaxPayload = 32 << 20

// maxLine is the maximum size of a line, the fields around the payload included.
const maxLine = MaxPayload + 1024

// A Record is one line of a segment.
type Record struct {
	Seq         uint64          `json:"seq"`
	Time        time.Time       `json:"time"`
	Kind        string          `json:"kind"`
	Prev        Hash            `json:"prev"`
	PayloadHash Hash            `json:"sha256"`
	Hash        Hash            `json:"hash"`
	Salt        Salt            `json:"-"`       // of the payload
	Payload     json.RawMessage `json:"payload"` // nil where it is erased, or omitted by an export
}

// A Salt is random, and hashed in front of a payload. It is stored and removed with the
// payload: the hash that remains does not confirm a guess of the payload.
type Salt [16]byte

// hashPayload returns the hash of a payload behind its salt.
func (s Salt) hashPayload(payload []byte) (sum Hash) {
	h := sha256.New()
	h.Write(s[:])
	h.Write(payload)
	h.Sum(sum[:0])
	return sum
}

// computeHash returns the hash of the other fields except the payload.
func (r *Record) computeHash() Hash {
	b := make([]byte, 0, 128)
	b = append(b, "cowork-audit/1\n"...)
	b = append(b, r.Prev[:]...)
	b = binary.BigEndian.AppendUint64(b, r.Seq)
	b = binary.BigEndian.AppendUint64(b, uint64(r.Time.UnixNano()))
	b = append(b, r.PayloadHash[:]...)
	b = append(b, r.Kind...)
	return sha256.Sum256(b)
}

// saltKey and payloadKey are what follows the other fields of a line.
const (
	saltKey    = `,"salt":"`
	payloadKey = `","payload":`
)

// appendFields appends the beginning of a line: all fields except salt and payload.
func (r *Record) appendFields(b []byte) []byte {
	b = strconv.AppendUint(append(b, `{"seq":`...), r.Seq, 10)
	b = r.Time.UTC().AppendFormat(append(b, `,"time":"`...), time.RFC3339Nano)
	b = append(append(b, `","kind":"`...), r.Kind...)
	b = hex.AppendEncode(append(b, `","prev":"`...), r.Prev[:])
	b = hex.AppendEncode(append(b, `","sha256":"`...), r.PayloadHash[:])
	b = hex.AppendEncode(append(b, `","hash":"`...), r.Hash[:])
	return append(b, '"')
}

// appendLine appends the only valid line of a record.
func (r *Record) appendLine(b []byte) []byte {
	b = r.appendFields(b)
	if r.Payload != nil {
		b = hex.AppendEncode(append(b, saltKey...), r.Salt[:])
		b = append(append(b, payloadKey...), r.Payload...)
	}
	return append(b, '}', '\n')
}

// parseRecord parses a line. A line that differs in any byte from what appendLine writes is
// an error. The payload is a part of the line.
func parseRecord(line []byte) (Record, error) {
	var r Record
	fields, ok := bytes.CutSuffix(line, []byte("}\n"))
	fields, rest, hasPayload := bytes.Cut(fields, []byte(saltKey))
	if !ok || json.Unmarshal(append(bytes.Clone(fields), '}'), &r) != nil || r.Payload != nil {
		return r, errNoRecord
	}
	if !slices.Contains(kinds, r.Kind) {
		return r, errors.New("has an unknown kind")
	}
	if !bytes.Equal(r.appendFields(nil), fields) {
		return r, errChangedForm
	}
	if hasPayload {
		if err := r.parsePayload(rest); err != nil {
			return r, err
		}
	}
	if r.computeHash() != r.Hash {
		return r, errors.New("was changed: its fields have another hash")
	}
	return r, nil
}

var errNoRecord = errors.New("is no record")

// parsePayload parses what follows saltKey.
func (r *Record) parsePayload(text []byte) error {
	salt, payload, ok := bytes.Cut(text, []byte(payloadKey))
	if !ok || len(salt) != 2*len(r.Salt) || !json.Valid(payload) {
		return errNoRecord
	}
	if _, err := hex.Decode(r.Salt[:], salt); err != nil {
		return errNoRecord
	}
	if !bytes.Equal(hex.AppendEncode(nil, r.Salt[:]), salt) {
		return errChangedForm
	}
	r.Payload = payload
	if r.Salt.hashPayload(payload) != r.PayloadHash {
		return errors.New("was changed: its payload has another hash")
	}
	return nil
}
