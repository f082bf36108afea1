package importtest

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
)

var (
	// mdLink matches the target of a Markdown link or picture, srcLink that of an
	// HTML attribute.
	mdLink  = regexp.MustCompile(`\]\(([^()\s]+)\)`)
	srcLink = regexp.MustCompile(`\b(?:src|srcset|href)="([^"]+)"`)
	// fence matches a block of code, span a piece of code within a line.
	fence   = regexp.MustCompile("(?ms)^[ \t]*```.*?^[ \t]*```")
	span    = regexp.MustCompile("`[^`\n]*`")
	heading = regexp.MustCompile(`(?m)^#+ +(.*?) *#*$`)
	scheme  = regexp.MustCompile(`^[a-z]+:`)
)

// TestLinks checks that every link of a Markdown file to a file of the repository,
// and to a heading in it, leads somewhere.
func TestLinks(t *testing.T) {
	problems, n := brokenLinks(t, repository)
	require.Greater(t, n, 50, "no links found: is this run in the package's folder?")
	for _, problem := range problems {
		t.Error(problem)
	}
}

func TestLinksFixture(t *testing.T) {
	problems, n := brokenLinks(t, fixture(map[string]string{
		"README.md": "# Top\n\n[a](docs/a.md#two-words) [b](docs/b.md) [top](#top) [out](https://example.com/x)\n" +
			"`[code](no.md)`\n```\n[code](no.md)\n```\n![p](docs/p.png) <img src=\"docs/q.png\">\n",
		"docs/a.md":  "## `Two` words!\n\n[up](../README.md) [docs](../docs) [no](#three) [root](/README.md)\n",
		"docs/p.png": "",
	}))
	require.Equal(t, 9, n)
	require.Equal(t, []string{
		"README.md:3: link docs/b.md: no such file; correct the link",
		"README.md:8: link docs/q.png: no such file; correct the link",
		"docs/a.md:3: link #three: docs/a.md has no such heading; correct the link",
	}, problems)
}

// brokenLinks returns the links that lead nowhere, and how many it checked.
func brokenLinks(t *testing.T, root fs.FS) (problems []string, n int) {
	t.Helper()
	err := eachFile(root, ".md", func(name string, src []byte) error {
		for i, line := range strings.Split(withoutCode(string(src)), "\n") {
			for _, match := range append(mdLink.FindAllStringSubmatch(line, -1), srcLink.FindAllStringSubmatch(line, -1)...) {
				if scheme.MatchString(match[1]) {
					continue
				}
				n++
				if why := brokenTarget(root, name, match[1]); why != "" {
					problems = append(problems, fmt.Sprintf("%s:%d: link %s: %s; correct the link", name, i+1, match[1], why))
				}
			}
		}
		return nil
	})
	require.NoError(t, err)
	return problems, n
}

// withoutCode blanks code, and keeps the line breaks in it.
func withoutCode(text string) string {
	text = fence.ReplaceAllStringFunc(text, func(block string) string { return strings.Repeat("\n", strings.Count(block, "\n")) })
	return span.ReplaceAllString(text, "")
}

// brokenTarget returns why a link of a file leads nowhere, or "".
func brokenTarget(root fs.FS, from, link string) string {
	file, anchor, _ := strings.Cut(link, "#")
	target := from
	if rooted, ok := strings.CutPrefix(file, "/"); ok {
		target = path.Clean(rooted)
	} else if file != "" {
		target = path.Join(path.Dir(from), file)
	}
	if _, err := fs.Stat(root, target); err != nil {
		return "no such file"
	}
	if anchor == "" || !strings.HasSuffix(target, ".md") {
		return ""
	}
	src, err := fs.ReadFile(root, target)
	if err != nil {
		return err.Error()
	}
	text := fence.ReplaceAllString(string(src), "")
	for _, match := range heading.FindAllStringSubmatch(text, -1) {
		if slug(match[1]) == anchor {
			return ""
		}
	}
	return target + " has no such heading"
}

// slug returns the anchor that code hosts make of a heading.
func slug(title string) string {
	title = mdLink.ReplaceAllString(title, "")
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return -1
	}, title)
}
