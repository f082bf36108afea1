package reconcile

import "strings"

// people joins the identities of persons: two identities that occur together are one
// person.
type people struct {
	ids    map[string]int
	parent []int
	label  map[int]string // by root
	team   map[int]string
}

func newPeople() *people {
	return &people{ids: map[string]int{}, label: map[int]string{}, team: map[int]string{}}
}

// noPerson is the person of a session without identity.
const noPerson = -1

// join returns the person of some identities, and joins them. It ignores empty ones,
// markers of redaction and names that are no person.
func (p *people) join(identities ...string) int {
	person := noPerson
	for _, id := range identities {
		if id == "" || strings.HasPrefix(id, "[") || strings.HasPrefix(id, "(") || strings.HasPrefix(id, "<") {
			continue
		}
		id = strings.ToLower(id)
		n, known := p.ids[id]
		if !known {
			n = len(p.parent)
			p.ids[id] = n
			p.parent = append(p.parent, n)
		}
		if person == noPerson {
			person = p.root(n)
			continue
		}
		if other := p.root(n); other != p.root(person) {
			p.unite(p.root(person), other)
		}
	}
	return p.root(person)
}

func (p *people) unite(root, other int) {
	p.parent[other] = root
	if p.label[root] == "" {
		p.label[root] = p.label[other]
	}
	if p.team[root] == "" {
		p.team[root] = p.team[other]
	}
}

// root returns the number that all identities of a person share.
func (p *people) root(n int) int {
	for n >= 0 && p.parent[n] != n {
		p.parent[n] = p.parent[p.parent[n]]
		n = p.parent[n]
	}
	return n
}
