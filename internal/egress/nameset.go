package egress

import (
	"errors"
	"slices"
	"strings"
	"unicode"
)

// A nameSet is a list of names of connectors or plugins in their normal form.
type nameSet struct {
	all    bool
	names  map[string]bool
	starts []string // of entries that end in *
}

// appendEntry adds an entry, which may end in *.
func (s *nameSet) appendEntry(entry string) error {
	if entry = strings.TrimSpace(entry); entry == anything {
		s.all = true
		return nil
	}
	if s.names == nil {
		s.names = map[string]bool{}
	}
	start, wild := strings.CutSuffix(entry, anything)
	name := foldName(start)
	if strings.Trim(name, "_") == "" {
		return errors.New("has no letter (a name such as Slack, the start of names such as claude.ai *, or * for all)")
	}
	if !wild {
		s.names[strings.Trim(name, "_")] = true
	} else if name = strings.TrimLeft(name, "_"); !slices.Contains(s.starts, name) {
		s.starts = append(s.starts, name)
	}
	return nil
}

// covers reports whether the list has a name in its normal form.
func (s *nameSet) covers(name string) bool {
	return s.all || s.names[name] || slices.ContainsFunc(s.starts, func(start string) bool { return strings.HasPrefix(name, start) })
}

// foldName returns a name in lower case, with _ for each sequence of other characters than
// letters and digits: tools of the connector "claude.ai Gmail" are named mcp__claude_ai_Gmail__search.
func foldName(s string) string {
	var b strings.Builder
	between := false
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			b.WriteRune(unicode.ToLower(r))
			between = false
		case !between:
			b.WriteByte('_')
			between = true
		}
	}
	return b.String()
}
