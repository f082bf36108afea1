package roster

import (
	"strings"
)

// The bounds of a file. One that exceeds a bound is refused.
const (
	MaxBytes  = 16 << 20
	MaxPeople = 100_000
	// MaxValueBytes is the length of the longest name, team or other value.
	MaxValueBytes = 100
	// maxIdentityBytes is the length of the longest identity: an address has at most 320.
	maxIdentityBytes = 320
	// maxIdentities is how many identities a cell may have.
	maxIdentities = 16
)

// A Target is a column whose values people get as an attribute.
type Target struct{ Column, Attribute string }

// Settings select what is read from a file.
type Settings struct {
	// Join are the names of the attributes that identify a person.
	Join []string
	// Targets are the columns that are kept.
	Targets []Target
	// Optional permits files without some of the columns of Targets.
	Optional bool
	// Titles are the titles of columns in the file, by their names in Join and Targets. A
	// column that is not listed has its name as its title.
	Titles map[string]string
	// Name and Team are the attributes of Targets that are the name and the team of a
	// person, "" if they are not kept.
	Name, Team string
}

// A Person is a row of the file: a value for each target, "" if the row has none.
type Person struct{ Values []string }

// A Roster is a list of people. It does not change, and is safe for concurrent use.
type Roster struct {
	join   map[string]int // the index of an attribute in byJoin
	byJoin []map[string]*Person
	// addresses has all identities with an at sign: an address is the same person in
	// each attribute.
	addresses map[string]*Person
	values    map[string]bool
	spellings []map[string]string // by target, the values by their lower case
	people    int
	nameless  int // rows without an identity
}

// People returns the number of people, and of rows without an identity.
func (r *Roster) People() (people, withoutIdentity int) { return r.people, r.nameless }

// Find returns the person with an identity, nil if there is none. Case and surrounding
// space are ignored.
func (r *Roster) Find(attribute, identity string) *Person {
	if len(identity) > maxIdentityBytes {
		return nil
	}
	identity = foldIdentity(identity)
	if isAddress(identity) {
		return r.addresses[identity]
	}
	i, ok := r.join[attribute]
	if !ok {
		return nil
	}
	return r.byJoin[i][identity]
}

// Spelling returns a value of a client as the list spells it: case is ignored, so that a
// team has one name. It returns other values unchanged.
func (r *Roster) Spelling(target int, value string) string {
	if r == nil {
		return value
	}
	if spelling, ok := r.spellings[target][strings.ToLower(value)]; ok {
		return spelling
	}
	return value
}

// Has reports whether a text is a value of a person.
func (r *Roster) Has(text string) bool { return r != nil && r.values[text] }

func foldIdentity(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

func isAddress(identity string) bool { return strings.IndexByte(identity, '@') > 0 }
