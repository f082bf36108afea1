package leaks

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/hex"
	"html"
	"io"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// maxUnpacked bounds what a compressed part of a blob may unpack to.
const maxUnpacked = 64 << 20

var (
	unicodeEscape = regexp.MustCompile(`\\+u[0-9a-fA-F]{4}`)
	base64Token   = regexp.MustCompile(`[A-Za-z0-9+/_-]{16,}`)
	hexToken      = regexp.MustCompile(`(?:[0-9a-fA-F]{2}){12,}`)
)

// views returns a blob and its decoded forms: escapes of JSON, percent-encoding, entities,
// base64, hexadecimal, and compressed parts.
func views(blob []byte) (all []string) {
	parts := append([][]byte{blob}, unpacked(blob)...)
	for _, part := range parts {
		plain := string(part)
		all = append(all, plain)
		for _, decode := range []func(string) string{unescapeJSON, unescapeURL, unescapeForm, html.UnescapeString, decodeBase64, decodeHex} {
			if decoded := decode(plain); decoded != plain && decoded != "" {
				all = append(all, decoded)
			}
		}
	}
	return all
}

func unescapeJSON(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	s = unicodeEscape.ReplaceAllStringFunc(s, func(escape string) string {
		n, _ := strconv.ParseUint(escape[len(escape)-4:], 16, 32)
		return string(rune(n))
	})
	return strings.NewReplacer(`\\n`, "\n", `\n`, "\n", `\/`, "/", `\"`, `"`, `\\`, `\`).Replace(s)
}

func unescapeURL(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	parts := strings.Split(s, "%")
	var b strings.Builder
	b.WriteString(parts[0])
	for _, part := range parts[1:] {
		if len(part) >= 2 {
			if c, err := url.PathUnescape("%" + part[:2]); err == nil {
				b.WriteString(c + part[2:])
				continue
			}
		}
		b.WriteString("%" + part)
	}
	return b.String()
}

func unescapeForm(s string) string { return unescapeURL(strings.ReplaceAll(s, "+", " ")) }

func decodeBase64(s string) string {
	var b strings.Builder
	for _, token := range base64Token.FindAllString(s, -1) {
		token = strings.NewReplacer("-", "+", "_", "/").Replace(token)
		for len(token)%4 == 1 {
			token = token[:len(token)-1]
		}
		if decoded, err := base64.RawStdEncoding.DecodeString(token); err == nil {
			b.Write(decoded)
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func decodeHex(s string) string {
	var b strings.Builder
	for _, token := range hexToken.FindAllString(s, -1) {
		if decoded, err := hex.DecodeString(token); err == nil {
			b.Write(decoded)
			b.WriteByte('\n')
		}
	}
	return b.String()
}

var (
	gzipMagic = []byte{0x1f, 0x8b, 8}
	zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}
)

// unpacked returns the content of the compressed parts of a blob.
func unpacked(blob []byte) (all [][]byte) {
	openers := []struct {
		magic []byte
		open  func(io.Reader) (io.Reader, error)
	}{
		{gzipMagic, func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
		{zstdMagic, func(r io.Reader) (io.Reader, error) { return zstd.NewReader(r, zstd.WithDecoderConcurrency(1)) }},
	}
	for _, o := range openers {
		for rest := blob; ; {
			at := bytes.Index(rest, o.magic)
			if at < 0 {
				break
			}
			rest = rest[at:]
			if r, err := o.open(bytes.NewReader(rest)); err == nil {
				content, _ := io.ReadAll(io.LimitReader(r, maxUnpacked)) // up to what follows the part
				if len(content) > 0 {
					all = append(all, content)
				}
			}
			rest = rest[len(o.magic):]
		}
	}
	return all
}
