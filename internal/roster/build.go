package roster

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/cowork"
)

// A Format is the format of a file.
type Format uint8

// The formats.
const (
	CSV Format = iota
	YAML
)

// Parse reads a file. The error lists what is wrong, at most ten errors.
func Parse(data []byte, format Format, s Settings) (*Roster, error) {
	b := newBuilder(s)
	switch {
	case len(data) > MaxBytes:
		b.report(1, 0, "", fmt.Sprintf("is the beginning of a file that is too large (at most %d MiB)", MaxBytes>>20))
	case format == YAML:
		b.build(readYAML(data, &b.problems))
	default:
		b.build(readCSV(data, &b.problems))
	}
	if err := b.err(); err != nil {
		return nil, err
	}
	return b.roster(), nil
}

// An entry is a person while the file is read.
type entry struct {
	Person
	line       int
	identities []string
}

// A builder makes a roster of rows. It is not safe for concurrent use.
type builder struct {
	problems
	Settings
	result  *Roster
	joins   []string // the titles of Join
	targets []string // the titles of Targets
	entries []*entry
	owners  map[*Person]*entry // of entries
}

func newBuilder(s Settings) *builder {
	b := &builder{
		Settings: s,
		result:   &Roster{join: map[string]int{}, addresses: map[string]*Person{}, values: map[string]bool{}},
		owners:   map[*Person]*entry{},
	}
	for i, attribute := range s.Join {
		b.joins = append(b.joins, b.title(attribute))
		b.result.join[attribute] = i
		b.result.byJoin = append(b.result.byJoin, map[string]*Person{})
	}
	for _, target := range s.Targets {
		b.targets = append(b.targets, b.title(target.Column))
	}
	return b
}

// title returns the title of a column in the file.
func (b *builder) title(name string) string {
	if title, ok := b.Titles[name]; ok {
		return foldTitle(title)
	}
	return foldTitle(name)
}

func (b *builder) build(t table) {
	if len(b.errs) == 0 {
		b.checkTitles(t)
	}
	if len(b.errs) > 0 && len(t.rows) == 0 {
		return
	}
	for _, r := range t.rows {
		b.addRow(r)
	}
}

// checkTitles checks that the file has the columns of the configuration.
func (b *builder) checkTitles(t table) {
	if len(t.rows) == 0 && len(t.titles) == 0 {
		return // an empty list
	}
	if !slices.ContainsFunc(b.joins, func(title string) bool { return t.titles[title] }) {
		b.report(1, 0, "", "there is no column of an identity (one of "+strings.Join(b.Join, ", ")+")")
	}
	missing := 0
	for i, target := range b.Targets {
		if t.titles[b.targets[i]] {
			continue
		}
		missing++
		if _, named := b.Titles[target.Column]; named || !b.Optional {
			b.report(1, 0, target.Column, "there is no such column (its title, or another one in columns)")
		}
	}
	if missing == len(b.Targets) && b.Optional {
		b.report(1, 0, "", "there is no column of a value (one of name, team, cost_center)")
	}
	for i, attribute := range b.Join {
		if _, named := b.Titles[attribute]; named && !t.titles[b.joins[i]] {
			b.report(1, 0, attribute, "there is no such column (its title, or another one in columns)")
		}
	}
}

// addRow adds the person of a row. A row with an identity and the values of an earlier
// row has more identities of that person.
func (b *builder) addRow(r row) {
	e := &entry{line: r.line, Person: Person{Values: make([]string, len(b.Targets))}}
	for _, c := range r.cells {
		for i, title := range b.targets {
			if c.title == title {
				e.Values[i] = b.value(c, b.Targets[i].Column)
			}
		}
	}
	claims := b.claims(r)
	if len(claims) == 0 {
		b.result.nameless++
		return
	}
	for _, c := range claims {
		other := b.owners[c.index[c.identity]]
		if other == nil || other == e {
			continue
		}
		if !slices.Equal(other.Values, e.Values) {
			b.report(c.line, c.column, c.attribute, fmt.Sprintf("is that of line %d too, with other values (an identity is of one person)", other.line))
			return
		}
		e = other
	}
	for _, c := range claims {
		c.index[c.identity] = &e.Person
		e.identities = append(e.identities, c.identity)
	}
	if b.owners[&e.Person] == nil {
		b.owners[&e.Person] = e
		b.entries = append(b.entries, e)
	}
}

// A claim is an identity in a row.
type claim struct {
	cell
	attribute, identity string
	index               map[string]*Person
}

// claims returns the identities of a row.
func (b *builder) claims(r row) (all []claim) {
	for _, c := range r.cells {
		for i, title := range b.joins {
			if c.title != title {
				continue
			}
			for _, text := range c.texts {
				for identity := range strings.SplitSeq(text, ";") {
					if identity = foldIdentity(identity); identity != "" {
						all = append(all, b.claimOf(c, i, strings.Clone(identity)))
					}
				}
			}
		}
	}
	if len(all) > maxIdentities {
		b.report(r.line, 0, "", fmt.Sprintf("has too many identities (at most %d)", maxIdentities))
		return nil
	}
	return all
}

// claimOf returns an identity of the attribute with an index in Join.
func (b *builder) claimOf(c cell, join int, identity string) claim {
	attribute := b.Join[join]
	if fault := identityFault(identity); fault != "" {
		b.report(c.line, c.column, attribute, fault)
	}
	if isAddress(identity) {
		return claim{c, attribute, identity, b.result.addresses}
	}
	return claim{c, attribute, identity, b.result.byJoin[join]}
}

// identityFault returns what is wrong with an identity, "" if nothing is.
func identityFault(identity string) string {
	switch {
	case len(identity) > maxIdentityBytes:
		return fmt.Sprintf("has %d bytes (at most %d)", len(identity), maxIdentityBytes)
	case !validText(identity):
		return "has control characters or is no UTF-8 (an identity as the events have it)"
	case cowork.IsMarker(strings.ToUpper(identity)):
		return "is the marker of a redacted value (an identity as the events have it)"
	default:
		return ""
	}
}

// value returns the value of a cell, with single spaces.
func (b *builder) value(c cell, column string) string {
	if len(c.texts) > 1 {
		b.report(c.line, c.column, column, "has several values (one)")
		return ""
	}
	if len(c.texts) == 0 {
		return ""
	}
	value, fault := CleanValue(c.texts[0])
	if fault != "" {
		b.report(c.line, c.column, column, fault)
	}
	return value
}

// CleanValue returns a value with single spaces, or what is wrong with it.
func CleanValue(text string) (value, fault string) {
	value = strings.Join(strings.Fields(text), " ")
	switch {
	case len(value) > MaxValueBytes:
		return "", fmt.Sprintf("has %d bytes (at most %d)", len(value), MaxValueBytes)
	case !validText(value):
		return "", "has control characters or is no UTF-8 (one line of text)"
	case cowork.IsMarker(value) || value == cowork.CloudSessions:
		return "", "is a text that the collector writes in place of a name (the name)"
	default:
		return strings.Clone(value), "" // not a part of a row, which has other columns
	}
}

// roster returns the people of all rows, with different names.
func (b *builder) roster() *Roster {
	name, team := b.indexOf(b.Name), b.indexOf(b.Team)
	if name >= 0 {
		makeUnique(b.entries, name, team)
	}
	for range b.Targets {
		b.result.spellings = append(b.result.spellings, map[string]string{})
	}
	for _, e := range b.entries {
		for i, value := range e.Values {
			if value == "" {
				continue
			}
			b.result.values[value] = true
			if lower := strings.ToLower(value); i != name && b.result.spellings[i][lower] == "" {
				b.result.spellings[i][lower] = value
			}
		}
	}
	b.result.people = len(b.entries)
	return b.result
}

func (b *builder) indexOf(attribute string) int {
	return slices.IndexFunc(b.Targets, func(t Target) bool { return t.Attribute == attribute && attribute != "" })
}
