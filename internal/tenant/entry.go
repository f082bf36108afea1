package tenant

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// A reader adds the entries of a list. It is not safe for concurrent use.
type reader struct {
	list      *List
	names     map[string]bool
	readToken func(path string) (Digest, error)
}

// The keys of an entry, and of its token before.
var (
	tokenKeys    = []string{"token_sha256", "token", "token_file"}
	entryKeys    = append([]string{"name", "organizations", "expires", "previous"}, tokenKeys...)
	previousKeys = append([]string{"until"}, tokenKeys...)
)

// addEntry adds a tenant with its tokens.
func (r *reader) addEntry(n *yaml.Node) error {
	if n.Kind != yaml.MappingNode {
		return invalid(n.Line, "is no map (name, organizations and token_sha256)")
	}
	fields, err := fieldsOf(n, entryKeys...)
	if err != nil {
		return err
	}
	name, err := r.nameOf(n, fields["name"])
	if err != nil {
		return err
	}
	organizations, err := organizationsOf(n, fields["organizations"])
	if err != nil {
		return err
	}
	k := key{tenant: &Tenant{name, organizations}}
	if at := fields["expires"]; at != nil {
		if k.until, err = endOf(at, "expires"); err != nil {
			return err
		}
	}
	if err := r.addToken(n, fields, k); err != nil {
		return err
	}
	if previous := fields["previous"]; previous != nil {
		return r.addPrevious(previous, k.tenant)
	}
	return nil
}

// addPrevious adds the token that a rotation replaces.
func (r *reader) addPrevious(n *yaml.Node, of *Tenant) error {
	if n.Kind != yaml.MappingNode {
		return invalid(n.Line, "previous: is no map (token_sha256 and until)")
	}
	fields, err := fieldsOf(n, previousKeys...)
	if err != nil {
		return err
	}
	if fields["until"] == nil {
		return invalid(n.Line, "previous: has no until (the day on which the older token ends)")
	}
	until, err := endOf(fields["until"], "until")
	if err != nil {
		return err
	}
	return r.addToken(n, fields, key{of, until, true})
}

// addToken adds a token, which must be of one tenant only.
func (r *reader) addToken(n *yaml.Node, fields map[string]*yaml.Node, k key) error {
	if len(r.list.keys) == MaxTokens {
		return &Error{n.Line, TooMany, fmt.Sprintf("is beyond the last token that is read (at most %d tokens)", MaxTokens)}
	}
	digest, err := r.digestOf(n, fields)
	if err != nil {
		return err
	}
	if _, repeated := r.list.keys[digest]; repeated {
		return invalid(n.Line, "has the token of another entry (a token of its own)")
	}
	r.list.keys[digest] = k
	return nil
}

// digestOf returns the digest of the one token that a map has.
func (r *reader) digestOf(n *yaml.Node, fields map[string]*yaml.Node) (digest Digest, err error) {
	var given []string
	for _, name := range tokenKeys {
		if fields[name] != nil {
			given = append(given, name)
		}
	}
	if len(given) != 1 {
		return digest, invalid(n.Line, "has %d tokens (one of %s)", len(given), strings.Join(tokenKeys, ", "))
	}
	value := fields[given[0]]
	if value.Kind != yaml.ScalarNode {
		return digest, invalid(value.Line, "%s: is no text (as coworkctl token new prints it)", given[0])
	}
	switch given[0] {
	case "token_sha256":
		if n, err := hex.Decode(digest[:], []byte(value.Value[:min(len(value.Value), 2*len(digest))])); err != nil || n != len(digest) || len(value.Value) != 2*len(digest) {
			return digest, invalid(value.Line, "token_sha256: is no SHA-256 digest (64 hexadecimal digits, as coworkctl token new prints it)")
		}
		return digest, nil
	case "token":
		if !isToken(value.Value) {
			return digest, invalid(value.Line, "token: %s", tokenRule)
		}
		return DigestOf(value.Value), nil
	default:
		r.list.files[value.Value] = true
		digest, err := r.readToken(value.Value)
		if err != nil {
			return digest, invalid(value.Line, "token_file: %s", err)
		}
		return digest, nil
	}
}

const tokenRule = "is no token (16 to 4096 characters without blanks, as coworkctl token new prints it)" //nolint:gosec // no token

// isToken reports whether a text can be a bearer token that is hard to guess.
func isToken(token string) bool {
	return len(token) >= minTokenBytes && len(token) <= MaxTokenBytes && printable(token)
}

// ParseTokenFile returns the digest of the token in a file, which may end in a line break.
func ParseTokenFile(data []byte) (Digest, error) {
	token := strings.TrimRight(string(data), "\r\n")
	if !isToken(token) {
		return Digest{}, invalid(1, "%s", tokenRule)
	}
	return DigestOf(token), nil
}

// nameOf returns the name of an entry.
func (r *reader) nameOf(entry, n *yaml.Node) (string, error) {
	if n == nil {
		return "", invalid(entry.Line, "has no name (the value of cowork.tenant)")
	}
	name := n.Value
	if n.Kind != yaml.ScalarNode || name == "" || len(name) > maxNameBytes || strings.Trim(name, nameBytes) != "" {
		return "", invalid(n.Line, "name: is no name (at most %d letters, digits, dots, dashes and underscores)", maxNameBytes)
	}
	if r.names[name] {
		return "", invalid(n.Line, "name: is the name of another entry (use previous for the token that a rotation replaces)")
	}
	r.names[name] = true
	return name, nil
}

const nameBytes = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"

// organizationsOf returns the organizations of an entry, nil for all.
func organizationsOf(entry, n *yaml.Node) ([]string, error) {
	if n == nil || n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		return nil, invalid(lineOr(n, entry), `organizations: is no list (values of organization.id, or ["*"] for all)`)
	}
	if len(n.Content) > MaxOrganizations {
		return nil, &Error{n.Line, TooMany, fmt.Sprintf("organizations: has more than %d elements (fewer organizations for each token)", MaxOrganizations)}
	}
	list := make([]string, 0, len(n.Content))
	for _, item := range n.Content {
		if item.Kind != yaml.ScalarNode || item.Value == "" || len(item.Value) > maxIDBytes || !printable(item.Value) {
			return nil, invalid(item.Line, "organizations: has an element that is no organization.id (text without blanks, at most %d characters)", maxIDBytes)
		}
		if item.Value == AnyOrganization && len(n.Content) > 1 {
			return nil, invalid(item.Line, `organizations: has "*" and others ("*" alone, or without it)`)
		}
		list = append(list, canonical(item.Value))
	}
	if list[0] == AnyOrganization {
		return nil, nil
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

// endOf returns the time of a key.
func endOf(n *yaml.Node, name string) (time.Time, error) {
	at, ok := timeOf(n)
	if !ok {
		return at, invalid(n.Line, "%s: is no time (2027-01-31, which ends with its first moment in UTC, or 2027-01-31T18:00:00Z)", name)
	}
	return at, nil
}

// printable reports whether a text has only visible ASCII characters.
func printable(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) < 0
}

func lineOr(n, entry *yaml.Node) int {
	if n == nil {
		return entry.Line
	}
	return n.Line
}
