package audit

// This file holds the form of what is signed: the manifest of a closed segment, the head and
// an erasure are documents of one line of JSON that end with their signature.

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"slices"
)

// A signature is the end of a signed document.
type signature struct {
	PublicKey []byte `json:"public_key,omitempty"`
	Signature []byte `json:"signature,omitempty"`
}

func (s *signature) signatureOf() *signature { return s }

// A signed document has a signature, and a noun that no other kind of document has. The noun
// is signed too, so that a signature is valid for one kind only.
type signed[T any] interface {
	*T
	signatureOf() *signature
	noun() string
}

// encodeSigned signs a document, if there is a key, and returns its file.
func encodeSigned[P signed[T], T any](document P, key ed25519.PrivateKey) []byte {
	s := document.signatureOf()
	*s = signature{}
	if key != nil {
		s.PublicKey = key.Public().(ed25519.PublicKey)
		s.Signature = ed25519.Sign(key, signedText[P](*document))
	}
	text, _ := json.Marshal(document) // has only types that can be marshalled
	return append(text, '\n')
}

// signedText returns what a signature covers: the document without it.
func signedText[P signed[T], T any](document T) []byte {
	unsigned := P(&document)
	unsigned.signatureOf().Signature = nil
	text, _ := json.Marshal(unsigned)
	return append([]byte("cowork-audit-"+unsigned.noun()+"/1\n"), text...)
}

// errChangedForm is the error of a document that the writer would have written otherwise.
var errChangedForm = errors.New("was changed: it has another form than the writer's")

// parseSigned parses a document and verifies its signature. With keys, one of them must have
// signed it. Without, a document without a signature is accepted.
func parseSigned[P signed[T], T any](text []byte, keys []ed25519.PublicKey) (document T, err error) {
	p := P(&document)
	if err := json.Unmarshal(text, p); err != nil {
		return document, errors.New("is no " + p.noun())
	}
	if again, _ := json.Marshal(p); !bytes.Equal(append(again, '\n'), text) {
		return document, errChangedForm
	}
	s := p.signatureOf()
	if s.Signature == nil && s.PublicKey == nil && len(keys) == 0 {
		return document, nil
	}
	if len(s.PublicKey) != ed25519.PublicKeySize || !ed25519.Verify(s.PublicKey, signedText[P](document), s.Signature) {
		return document, errors.New("has no valid signature")
	}
	if len(keys) > 0 && !slices.ContainsFunc(keys, func(k ed25519.PublicKey) bool { return bytes.Equal(k, s.PublicKey) }) {
		return document, errors.New("is signed with another key")
	}
	return document, nil
}
