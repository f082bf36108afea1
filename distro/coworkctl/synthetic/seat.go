package synthetic

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// A seat is one user with a machine, with what does not change between sessions.
type seat struct {
	index int
	person
	organization
	machine
	usage      *usageProfile
	version    version
	model      model
	effort     string
	department string
	mode       string        // initial permission mode of sessions
	zone       time.Duration // offset east of UTC, independent of zone files
	thirdParty bool
	hooked     bool
	connectors []*connector
	lateness   float64 // in adopting what is new: 0 is the first seat, 1 the last

	accountUUID, accountID, installID string

	rng  random     // by seed and start
	open []*session // sessions with prompts to come
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
	machines = []weighted[machine]{
		{58, machine{"arm64", "darwin", "25.1.0", "/Users/"}},
		{12, machine{"amd64", "darwin", "24.6.0", "/Users/"}},
		{30, machine{"amd64", "windows", "10.0.26100", `C:\Users\`}},
	}
	departments = []weighted[string]{
		{24, "sales"}, {20, "finance"}, {16, "marketing"}, {14, "operations"}, {10, "support"}, {8, "legal"}, {8, "people"},
	}
	zones = []weighted[time.Duration]{{55, time.Hour}, {25, -5 * time.Hour}, {12, -8 * time.Hour}, {8, 0}}
)

// personAt returns the person of an index. All names are different: the last name
// changes when the first names repeat, and a number is added after all pairs.
func personAt(index int) person {
	n, m := len(firstNames), len(lastNames)
	p := person{firstNames[index%n], lastNames[(index/n+index*7)%m]}
	if round := index / (n * m); round > 0 {
		p.last += strconv.Itoa(round)
	}
	return p
}

func randomPerson(r random) person { return person{pick(r, firstNames), pick(r, lastNames)} }

// newSeat generates the seat of an index. The caller sets the source of randomness
// for its behavior.
func newSeat(seed uint64, index int, organizations []weighted[organization]) *seat {
	r := newRandom(seed, uint64(index))
	s := &seat{
		index:        index,
		person:       personAt(index),
		organization: pickWeighted(r, organizations),
		machine:      pickWeighted(r, machines),
		usage:        pickWeighted(r, usageProfiles),
		version:      pickWeighted(r, versions),
		model:        pickWeighted(r, models),
		effort:       pickWeighted(r, efforts),
		department:   pickWeighted(r, departments),
		mode:         pick(r, []string{"default", "default", "acceptEdits", "auto", "bypassPermissions"}),
		zone:         pickWeighted(r, zones),
		thirdParty:   r.chance(thirdPartyRate),
		hooked:       r.chance(hookedRate),
		accountUUID:  r.uuid(),
		accountID:    "user_01" + r.token(base58, 22),
		installID:    r.hex(64),
	}
	for range r.between(1, 3) {
		if c := pickWeighted(r, connectors); !slices.Contains(s.connectors, c) {
			s.connectors = append(s.connectors, c)
		}
	}
	s.lateness = r.Float64()
	return s
}

// newOrganizations generates the organizations of the seats: most belong to one,
// some to a subsidiary.
func newOrganizations(seed uint64) []weighted[organization] {
	r := newRandom(seed, 1<<40)
	return []weighted[organization]{{75, organization{r.uuid(), "example.com"}}, {25, organization{r.uuid(), "example.org"}}}
}
