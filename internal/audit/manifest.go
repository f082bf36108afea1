package audit

// This file holds what is signed: the manifest of a closed segment.

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"slices"
	"time"
)

// A Manifest describes a closed segment. The manifest that replaces deleted segments has
// Deleted set: it is the beginning of the chain from then on.
type Manifest struct {
	Segment      uint64    `json:"segment"`
	Deleted      bool      `json:"deleted,omitempty"`
	FirstSeq     uint64    `json:"first_seq"`
	LastSeq      uint64    `json:"last_seq"`
	FirstPrev    Hash      `json:"first_prev"`
	LastHash     Hash      `json:"last_hash"`
	FirstTime    time.Time `json:"first_time"`
	LastTime     time.Time `json:"last_time"`
	Closed       time.Time `json:"closed"`
	PrevManifest Hash      `json:"prev_manifest"`
	PublicKey    []byte    `json:"public_key,omitempty"`
	Signature    []byte    `json:"signature,omitempty"`
}

// addRecord extends the segment by a record.
func (m *Manifest) addRecord(r *Record) {
	if r.Seq == m.FirstSeq {
		m.FirstTime = r.Time
	}
	m.LastSeq, m.LastHash, m.LastTime = r.Seq, r.Hash, r.Time
}

// encode signs the manifest, if there is a key, and returns its file.
func (m *Manifest) encode(key ed25519.PrivateKey) []byte {
	m.PublicKey, m.Signature = nil, nil
	if key != nil {
		m.PublicKey = key.Public().(ed25519.PublicKey)
		m.Signature = ed25519.Sign(key, m.signed())
	}
	text, _ := json.Marshal(m) // has only types that can be marshalled
	return append(text, '\n')
}

// signed returns what the signature covers: the document without it.
func (m *Manifest) signed() []byte {
	unsigned := *m
	unsigned.Signature = nil
	text, _ := json.Marshal(unsigned)
	return append([]byte("cowork-audit-manifest/1\n"), text...)
}

// parseManifest parses a manifest and verifies its signature. With keys, one of them must
// have signed it.
func parseManifest(text []byte, keys []ed25519.PublicKey) (m Manifest, err error) {
	if err := json.Unmarshal(text, &m); err != nil {
		return m, errors.New("is no manifest")
	}
	if again, _ := json.Marshal(m); !bytes.Equal(append(again, '\n'), text) {
		return m, errChangedForm
	}
	return m, checkSignature(m.PublicKey, m.Signature, m.signed, keys)
}

// errChangedForm is the error of a document that the writer would have written otherwise.
var errChangedForm = errors.New("was changed: it has another form than the writer's")

// checkSignature verifies the signature of a document. With keys, one of them must have
// signed it. Without, a document without a signature is accepted.
func checkSignature(public, signature []byte, signed func() []byte, keys []ed25519.PublicKey) error {
	if signature == nil && public == nil && len(keys) == 0 {
		return nil
	}
	if len(public) != ed25519.PublicKeySize || !ed25519.Verify(public, signed(), signature) {
		return errors.New("has no valid signature")
	}
	if len(keys) > 0 && !slices.ContainsFunc(keys, func(k ed25519.PublicKey) bool { return bytes.Equal(k, public) }) {
		return errors.New("is signed with another key")
	}
	return nil
}

// KeyID returns a short name of a public key.
func KeyID(public []byte) string { return Hash(sha256.Sum256(public)).String()[:16] }

// ParsePrivateKey parses a private key in PKCS #8, in PEM.
func ParsePrivateKey(text []byte) (ed25519.PrivateKey, error) {
	if block, _ := pem.Decode(text); block != nil {
		if key, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
			if private, ok := key.(ed25519.PrivateKey); ok {
				return private, nil
			}
		}
	}
	return nil, errors.New("is no Ed25519 key in PKCS #8, in PEM (coworkctl audit keygen writes one)")
}

// ParsePublicKey parses a public key in PKIX, in PEM.
func ParsePublicKey(text []byte) (ed25519.PublicKey, error) {
	if block, _ := pem.Decode(text); block != nil {
		if key, err := x509.ParsePKIXPublicKey(block.Bytes); err == nil {
			if public, ok := key.(ed25519.PublicKey); ok {
				return public, nil
			}
		}
	}
	return nil, errors.New("is no public Ed25519 key in PEM (coworkctl audit keygen writes one)")
}

// EncodeKey returns the private key and its public key in PEM.
func EncodeKey(key ed25519.PrivateKey) (private, public []byte, err error) {
	p, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, nil, err
	}
	q, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return nil, nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: p}), pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: q}), nil
}
