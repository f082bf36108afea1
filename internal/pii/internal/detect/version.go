package detect

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// isVersion reports whether the text before four numbers, or the key, is that of a version.
func isVersion(r *Reader, start, end int, octets [4]int, size octetSize) bool {
	switch before := r.Previous(start); {
	case strings.HasSuffix(strings.TrimRight(r.Text[max(0, start-3):start], " "), "§"):
		return true
	case isComparison(r.Text[:start]), before == ':' && isArtifact(r, start-1), r.hasContextBefore(VersionContext, start, len("/")),
		isLabelled(r, VersionContext, start) && !isNearer(r, AddressContext, VersionContext, start):
		return true
	case before == '-' && text.Is(r.Previous(start-1), text.Letter), before == '@', before == '/' && followsProduct(r, start-1),
		before == '(' && followsPackage(r, start-1), before == '/' && r.Previous(start-1) != '/' && r.Next(end) == '/':
		return size == smallOctets && !isResolver(octets)
	case r.versionEnd > 0 && continuesVersions(r, start):
		return true
	case r.versionEnd > 0 && start-r.versionEnd < versionsApart && size != privateOctets && !isResolver(octets):
		return true
	case start == 0 && end == len(r.Text) && isPackageName(r.Key):
		return true
	case size != privateOctets && isAfterPackage(r, start), isUpdate(r, start), isChangeLogEntry(r, start), octets[0] <= 10 && (isHeading(r, start, end) || isInPath(r, start)):
		return true
	}
	return size != largeOctets && r.isAboutKey(VersionContext)
}

// isAfterPackage reports whether the name of a package is directly before the numbers at i:
// System.Text.Json 8.0.0.5, or any word after a word such as pip.
func isAfterPackage(r *Reader, i int) bool {
	const nameMost = 64
	end := text.RunStart(r.Text, i, i-nameMost, text.Space)
	if end == i {
		return false
	}
	start := text.RunStart(r.Text, end, end-nameMost, text.KeyChars|text.Dot)
	name := r.Text[start:end]
	isDotted := strings.IndexByte(name, '.') > 0 && i-end < 8 && text.Is(name[0], text.Upper) && text.Is(name[len(name)-1], text.Lower)
	return isDotted || name != "" && r.hasContextBefore(UpdateContext, start, contextBefore) && !isNearer(r, AddressContext, UpdateContext, i)
}

// isUpdate reports whether a text ends with a change to or from a version: "update V8 to ".
func isUpdate(r *Reader, i int) bool {
	before := r.Text[:i]
	return (strings.HasSuffix(before, " to ") || strings.HasSuffix(before, " from ")) &&
		r.hasContextBefore(UpdateContext, i, contextBefore) && !isNearer(r, AddressContext, UpdateContext, i)
}

// isChangeLogEntry reports whether the numbers at i are the heading of a version in a change
// log: "## [2.128.1.0] - 2026-10-02", "## 2.128.1.0".
func isChangeLogEntry(r *Reader, i int) bool {
	line := lineBefore(r.Text, i)
	return strings.HasPrefix(line, "#") && strings.Trim(line, " #[") == "" && (strings.HasPrefix(line, "##") || strings.HasSuffix(line, "["))
}

// isHeading reports whether the numbers in [start, end) are those of a section: at the start
// of a line or of an element, before a capital.
func isHeading(r *Reader, start, end int) bool {
	before := lineBefore(r.Text, start)
	isStart := len(before) < lineMost
	after := strings.TrimPrefix(r.Text[end:min(len(r.Text), end+8)], ".")
	title := strings.TrimLeft(after, " \u00a0")
	return isStart && strings.Trim(before, " #*") == "" && title != after && title != "" && text.Is(title[0], text.Upper) ||
		r.Previous(start) == '>' && title != "" && title != after && text.Is(title[0], text.Upper)
}

// isInPath reports whether the numbers that start at i are some of the coordinates of a
// drawing, as in 1-1.68,1.12,0,0,1,3.25.74.74 or in 2.83-2.12 3.51.98.32.
func isInPath(r *Reader, i int) bool {
	const most = 20
	if i < most {
		return false
	}
	separators, letters, dots := 0, 0, 0
	for _, c := range []byte(r.Text[i-most : i]) {
		switch {
		case c == ',', c == ' ':
			separators++
		case c == '.':
			dots++
		case text.Is(c, text.Letter):
			letters++
		case c != '-' && !text.Is(c, text.Digit):
			return false
		}
	}
	return separators >= 2 && dots > 0 && letters <= 3
}

// isComparison reports whether a text ends with the operator of a requirement: ==, ~>, (=, >=.
func isComparison(before string) bool {
	before = strings.TrimRight(before[max(0, len(before)-8):], ` "'`)
	if len(before) < 2 {
		return false
	}
	operator := before[len(before)-2:]
	switch operator {
	case "==", "~>", "(=", ">=", "<=", "!=", "~=", "(<", "(>":
		return true
	}
	return operator[1] == '^' || operator[1] == '~'
}

// isArtifact reports whether the colon at i follows the name of an image or of a package: owner/image:, group:name:.
func isArtifact(r *Reader, i int) bool {
	from := text.RunStart(r.Text, i, i-artifactMost, text.KeyChars|text.Dot|text.Colon|text.Base64x)
	name := r.Text[from:i]
	return strings.ContainsAny(name, "/:") && !strings.Contains(name, "//") && text.Is(r.Previous(i), text.Alnum) && r.nextLetter(from) < i
}

// artifactMost bounds the name of an image or of a package.
const artifactMost = 96

// isPackageName reports whether a key is the name of a package, in words with dots: Contoso.Core.
func isPackageName(key string) bool {
	first, last, found := strings.Cut(key, ".")
	return found && first != "" && last != "" && text.Is(first[0], text.Upper) && text.Is(last[0], text.Upper) &&
		text.RunEnd(key, 0, len(key), text.Alnum|text.Dot|text.Joiner) == len(key)
}

// followsProduct reports whether a name with a capital precedes the slash at i, as
// before a version: Kestrel/8.0.11.4.
func followsProduct(r *Reader, i int) bool {
	start := text.RunStart(r.Text, i, i-productMax, text.Alnum)
	return i-start > 1 && text.Is(r.Text[start], text.Upper) && r.Previous(start) != '/'
}

// followsPackage reports whether a name that is no host precedes the parenthesis at i, as in
// a list of packages: rails (7.1.3.4).
func followsPackage(r *Reader, i int) bool {
	if r.Previous(i) != ' ' {
		return false
	}
	start := text.RunStart(r.Text, i-1, i-1-productMax, text.KeyChars|text.Dot)
	return start < i-1 && !strings.Contains(r.Text[start:i-1], ".")
}

// productMax bounds the name of a product.
const productMax = 32

// continuesVersions reports whether only a word such as "and" is between the version that was read
// last and the numbers at i, and both have the same first number.
func continuesVersions(r *Reader, i int) bool {
	const most = 28
	last := r.versionEnd
	if i-last > most || i <= last {
		return false
	}
	end := text.RunEnd(r.Text, last, i, text.Digit|text.Dot)
	first, _, _ := strings.Cut(r.Text[last:end], ".")
	gap := strings.Trim(r.Text[end:i], " ,;/&-()§")
	return strings.HasPrefix(r.Text[i:], first+".") && (gap == "" || text.ContainsFold(listWords, gap))
}

// versionsApart is the distance within which four numbers after a version are another version.
const versionsApart = 60
