package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// keyLinks has the link of each way in which a text gets its key.
var keyLinks = [...]Link{
	text.LinkAttribute: LinkKey, text.LinkKey: LinkKey, text.LinkSibling: LinkSibling, text.LinkColumn: LinkColumn,
	text.LinkArgument: LinkList, text.LinkSecretObject: LinkObject,
}

// keyedMost bounds a text that is judged under its key, in bytes.
const keyedMost = 16 << 10

// Keyed detects a text that is the value of its key: a member of JSON, a sibling field, a
// cell of a column, an argument after a flag.
func Keyed(r *Reader) {
	link := keyLinks[r.Link]
	if r.Key == "" || r.Text == "" || len(r.Text) > keyedMost {
		return
	}
	kind := KindOf(r.Key)
	if link != LinkKey && kind == None {
		r.Meter.spend(workOfLabel * len(r.Key))
		kind = nounIn(r.Key)
	}
	if link == LinkObject {
		kind = Password
	}
	if kind != None && r.Meter.Exceeds(0) {
		ReplaceRest(r, 0)
		return
	}
	if kind == None {
		if startsWithLower(r.Text) && hasWordBefore(r.Key, "mnemonic", "seed", "recovery", "bip39") {
			seedWords(r, 0)
		}
		return
	}
	if kind == Session && link == LinkKey && !isSessionUUID && text.IsUUID(r.Text) && r.Explain == nil {
		return
	}
	start := schemeEnd(r.Text)
	if kind == Token && (start > 0 || isCredential(r.Text[start:])) && link != LinkSibling {
		kind = Password
	}
	end := len(r.Text)
	for kind == Code && end > start+3 && strings.IndexByte("#*", r.Text[end-1]) >= 0 { // 2218#
		end--
	}
	r.judge(kind, link, bounds{start, end, Quoted})
}

// startsWithLower reports whether a text starts with three small letters, as seed words do.
func startsWithLower(in string) bool { return text.RunEnd(in, 0, 3, text.Lower) == 3 }

// isSessionUUID states whether a UUID can be a secret as the session of a text's key: whether the weights
// of all features that a UUID can have are enough. Each record has such a key, session.id, and reading the
// features of its value takes longer than all else of a record without a prompt.
var isSessionUUID = func() bool {
	f := featuresOf(Session, LinkKey, Quoted, "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d")
	for _, which := range [...]feature{lettersDigits, mixedCase, random, sessionRandom} {
		f.set(which, true)
	}
	return f.score() >= 0
}()
