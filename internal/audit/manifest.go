package audit

// This file holds the manifest of a closed segment, and the files of keys.

import (
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"errors"
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
	signature
}

func (*Manifest) noun() string { return "manifest" }

// addRecord extends the segment by a record.
func (m *Manifest) addRecord(r *Record) {
	if r.Seq == m.FirstSeq {
		m.FirstTime = r.Time
	}
	m.LastSeq, m.LastHash, m.LastTime = r.Seq, r.Hash, r.Time
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
