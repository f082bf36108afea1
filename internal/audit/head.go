package audit

// This file holds the head: the signed number and hash of the newest record that is stored
// durably.

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// headName is the file of the head. A folder has it from its first start on.
const headName = "head.json"

// A head is the newest record when the file was written. Records after it were written and
// not yet stored durably. A head with number 0 is that of a folder without records.
type head struct {
	Segment uint64 `json:"segment"`
	Seq     uint64 `json:"seq"`
	Hash    Hash   `json:"hash"`
	signature
}

func (*head) noun() string { return "head" }

// readHead reads the head of a folder.
func readHead(dir string, keys []ed25519.PublicKey) (h head, err error) {
	text, err := os.ReadFile(filepath.Join(dir, headName))
	if errors.Is(err, os.ErrNotExist) {
		return h, &Fault{File: headName, Text: "is missing: the writer replaces it, and never removes it"}
	}
	if err != nil {
		return h, err
	}
	if h, err = parseSigned[*head](text, keys); err != nil {
		return h, &Fault{File: headName, Text: err.Error()}
	}
	return h, nil
}

// writeHead replaces the head. The segment is stored durably before. After a power failure
// the file can be that of an earlier record, which is valid.
func (w *Writer) writeHead(m *Manifest) error {
	h := head{Segment: m.Segment, Seq: m.LastSeq, Hash: m.LastHash}
	if err := replaceFile(w.set.Dir, headName, encodeSigned(&h, w.set.Key), w.renameFile); err != nil {
		return fmt.Errorf("%s: %w", headName, err)
	}
	w.headSeq = h.Seq
	return nil
}

// checkHead checks a head at the end of the chain, which has been read up to it. found is the
// hash of its record. The head must have the key of this run, or the one that must have signed
// it, so that no other key can have signed it.
func (w *Writer) checkHead(h *head, found Hash, expected signer) error {
	switch {
	case h.Seq > w.cur.LastSeq:
		return &Fault{File: headName, Text: fmt.Sprintf("is of record %d, and the segments end with %d: records were removed from the end (see coworkctl audit verify)", h.Seq, w.cur.LastSeq)}
	case h.Seq+1 < w.cur.FirstSeq:
		return &Fault{File: headName, Text: "is older than the newest closed segment (see coworkctl audit verify)"}
	case found != h.Hash:
		return &Fault{File: headName, Text: "has another hash than its record (see coworkctl audit verify)"}
	case !bytes.Equal(h.PublicKey, publicKeyOf(w.set.Key)) && !expected.accepts(h.PublicKey):
		return &Fault{File: headName, Text: "is signed with another key than the segments (see coworkctl audit verify)"}
	}
	return nil
}
