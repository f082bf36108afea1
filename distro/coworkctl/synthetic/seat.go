package synthetic

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// A seat is one person with a machine, and everything about them that does not
// change between sessions.
type seat struct {
	index int
	person
	organization
	machine
	habit      *habit
	version    version
	model      model
	effort     string
	department string
	mode       string        // the permission mode that sessions begin in
	zone       time.Duration // east of UTC; a fixed offset, so that no zone file matters
	thirdParty bool
	hooked     bool
	connectors []*connector
	lateness   float64 // among all seats, with what is new: 0 is the first, 1 the last

	accountUUID, accountID, installID string

	d    dice       // what happens, by seed and start
	open []*session // the sessions that go on
}

type person struct{ first, last string }

func (p person) email(domain string) string {
	return strings.ToLower(p.first + "." + p.last + "@" + domain)
}

func (p person) login() string { return strings.ToLower(p.first[:1] + p.last) }

type organization struct{ id, domain string }

type machine struct{ arch, os, osVersion, home string }

var (
	firstNames = []string{
		"Ada", "Bruno", "Chiara", "Dario", "Elif", "Farah", "Goran", "Hana", "Ines", "Jonas", "Kavya", "Luca", "Mira", "Nadia",
		"Oskar", "Priya", "Quentin", "Rosa", "Samir", "Tove", "Uma", "Viktor", "Wanda", "Yusuf", "Zoe",
	}
	lastNames = []string{
		"Abel", "Brandt", "Castro", "Dahl", "Eriksen", "Fontana", "Grau", "Hoffman", "Ito", "Jansen", "Keller", "Lindqvist",
		"Moreau", "Novak", "Okafor", "Petrov", "Quinn", "Rossi", "Silva", "Tanaka", "Urban", "Varga", "Weiss", "Young", "Zhang",
	}
	machines = []share[machine]{
		{58, machine{"arm64", "darwin", "25.1.0", "/Users/"}},
		{12, machine{"amd64", "darwin", "24.6.0", "/Users/"}},
		{30, machine{"amd64", "windows", "10.0.26100", `C:\Users\`}},
	}
	departments = []share[string]{
		{24, "sales"}, {20, "finance"}, {16, "marketing"}, {14, "operations"}, {10, "support"}, {8, "legal"}, {8, "people"},
	}
	zones = []share[time.Duration]{{55, time.Hour}, {25, -5 * time.Hour}, {12, -8 * time.Hour}, {8, 0}}
)

// nth returns the person of an index. No two have the same name: the first
// names run through, and where they begin again the last names have moved on;
// when all pairs are used up, a number is added.
func nth(index int) person {
	n, m := len(firstNames), len(lastNames)
	p := person{firstNames[index%n], lastNames[(index/n+index*7)%m]}
	if round := index / (n * m); round > 0 {
		p.last += strconv.Itoa(round)
	}
	return p
}

func (d dice) person() person { return person{pick(d, firstNames), pick(d, lastNames)} }

// newSeat makes up the seat of an index. What it does later comes from other
// dice, which the caller adds.
func newSeat(seed uint64, index int, organizations []share[organization]) *seat {
	d := newDice(seed, uint64(index))
	s := &seat{
		index:        index,
		person:       nth(index),
		organization: draw(d, organizations),
		machine:      draw(d, machines),
		habit:        draw(d, habits),
		version:      draw(d, versions),
		model:        draw(d, models),
		effort:       draw(d, efforts),
		department:   draw(d, departments),
		mode:         pick(d, []string{"default", "default", "acceptEdits", "auto", "bypassPermissions"}),
		zone:         draw(d, zones),
		thirdParty:   d.chance(thirdPartyRate),
		hooked:       d.chance(hookedRate),
		accountUUID:  d.uuid(),
		accountID:    "user_01" + d.token(base58, 22),
		installID:    d.hex(64),
	}
	for range d.between(1, 3) {
		if c := draw(d, connectors); !slices.Contains(s.connectors, c) {
			s.connectors = append(s.connectors, c)
		}
	}
	s.lateness = d.Float64()
	return s
}

// newOrganizations makes up who owns the fleet: most seats belong to one
// organisation, some to a subsidiary.
func newOrganizations(seed uint64) []share[organization] {
	d := newDice(seed, 1<<40)
	return []share[organization]{{75, organization{d.uuid(), "example.com"}}, {25, organization{d.uuid(), "example.org"}}}
}
