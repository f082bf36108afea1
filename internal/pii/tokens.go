package pii

import (
	"cmp"
	"slices"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// formatGroups are the formats of tokens, grouped by service.
var formatGroups = []struct {
	title string
	rows  []format
}{
	{"Language models", modelFormats},
	{"Code and builds", codeFormats},
	{"Package and image registries", registryFormats},
	{"Clouds and hosting", cloudFormats},
	{"Databases", dataFormats},
	{"Secrets and infrastructure", secretFormats},
	{"Monitoring", watchFormats},
	{"Payment and commerce", payFormats},
	{"Mail, chat and social networks", messageFormats},
	{"Work and documents", workFormats},
	{"Keys in base64", encodedFormats},
}

// formats are all formats, the longest prefix first.
var formats = inOrder()

func inOrder() (all []format) {
	for _, group := range formatGroups {
		all = append(all, group.rows...)
	}
	for i := range all {
		if all[i].check == nil {
			all[i].check = varied
		}
	}
	slices.SortStableFunc(all, func(a, b format) int { return cmp.Compare(len(b.prefix), len(a.prefix)) })
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

// encodedFormats are keys and tokens in base64: BEGIN … PRIVATE KEY, and the start of a JWT.
var encodedFormats = []format{
	{"RSA private key in base64", "LS0tLS1CRUdJTiBSU0Eg", base64Body, 40, 0, nil},
	{"Private key in base64", "LS0tLS1CRUdJTiBQUklW", base64Body, 40, 0, nil},
	{"EC private key in base64", "LS0tLS1CRUdJTiBFQyBQ", base64Body, 40, 0, nil},
	{"OpenSSH private key in base64", "LS0tLS1CRUdJTiBPUEVO", base64Body, 40, 0, nil},
	{"DSA private key in base64", "LS0tLS1CRUdJTiBEU0Eg", base64Body, 40, 0, nil},
	{"Encrypted private key in base64", "LS0tLS1CRUdJTiBFTkNS", base64Body, 40, 0, nil},
	{"PGP private key in base64", "LS0tLS1CRUdJTiBQR1AgUFJJ", base64Body, 40, 0, nil},
	{"JWT in base64", "ZXlK", base64Body, 40, 0, randomKey},
}
