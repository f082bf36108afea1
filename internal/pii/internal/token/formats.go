package token

import (
	"cmp"
	"slices"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A Format is a kind of token with a known prefix: a row of the tables in formats_*.go.
type Format struct {
	Name   string // whose token it is
	Prefix string
	Body   text.Class // of the bytes after the prefix
	Least  int        // the least length of the body
	Most   int        // the greatest, 0 for no limit
	Check  *BodyCheck // of the body; nil in a table means varied
}

// Formats returns all formats, the longest prefix first. It must not be changed.
func Formats() []Format { return formats }

// formatGroups are the formats of tokens, grouped by service.
var formatGroups = []struct {
	title string
	rows  []Format
}{
	{"Language models", modelFormats},
	{"Code and builds", codeFormats},
	{"Package and image registries", registryFormats},
	{"Clouds and hosting", cloudFormats},
	{"Databases", dataFormats},
	{"Secrets and infrastructure", storeFormats},
	{"Monitoring", watchFormats},
	{"Payment and commerce", payFormats},
	{"Mail, chat and social networks", messageFormats},
	{"Work and documents", workFormats},
	{"Keys in base64", encodedFormats},
}

// formats are all formats, the longest prefix first, and of one prefix the longest body first.
var formats = inOrder()

func inOrder() (all []Format) {
	for _, group := range formatGroups {
		all = append(all, group.rows...)
	}
	for i := range all {
		if all[i].Check == nil {
			all[i].Check = varied
		}
	}
	slices.SortStableFunc(all, func(a, b Format) int {
		return cmp.Or(cmp.Compare(len(b.Prefix), len(a.Prefix)), cmp.Compare(b.Least, a.Least))
	})
	return all
}

// The classes of the bodies of tokens.
const (
	dotted     = text.KeyChars | text.Dot
	base64Body = text.Alnum | text.Base64x
	anyKey     = text.KeyChars | text.Dot | text.Base64x
	hexDashed  = text.Hexa | text.Joiner
	capitals   = text.Upper | text.Digit
	smalls     = text.Lower | text.Digit
)

// checksums has the checksum at the end of the body, by prefix.
var checksums = map[string]func(body string) bool{
	"ghp_": text.CrcBase62, "gho_": text.CrcBase62, "ghu_": text.CrcBase62, "ghs_": text.CrcBase62, "ghr_": text.CrcBase62, "npm_": text.CrcBase62,
	"glsa_": text.CrcHex,
}
