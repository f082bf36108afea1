package egress

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/cowork-otel/collector/internal/hosts"
)

// A Policy holds compiled lists. It is safe for concurrent use.
type Policy struct {
	everyone       rules
	groups         []group
	byTeam         map[string][]int // groups with teams, by team in lower case
	byOrganization map[string][]int // groups with organizations alone
	entries        int
	has            [kinds]bool // whether any list has names of a kind
}

// The kinds of names.
const (
	hostKind = iota
	connectorKind
	pluginKind
	kinds // how many there are
)

type group struct {
	rules
	organizations []string
}

// rules are the lists of everyone or of a group.
type rules struct {
	hosts             struct{ allowed, disabled hostSet }
	connector, plugin struct{ allowed, disabled nameSet }
}

// Entries returns the number of entries of all lists.
func (p *Policy) Entries() int { return p.entries }

// IsEmpty reports whether there is no entry.
func (p *Policy) IsEmpty() bool { return p.entries == 0 }

// Compile compiles lists, which are added to each other, to a policy. It returns all
// errors.
func Compile(all ...*Lists) (*Policy, error) {
	c := compiler{Policy: &Policy{byTeam: map[string][]int{}, byOrganization: map[string][]int{}}}
	for _, lists := range all {
		c.rules("", &lists.Kinds, &c.everyone)
		for i := range lists.Groups {
			c.group(fmt.Sprintf("groups::%d", i), &lists.Groups[i])
		}
	}
	if c.entries > MaxEntries {
		c.fail("", fmt.Errorf("has %d entries (at most %d)", c.entries, MaxEntries))
	}
	if len(c.groups) > MaxGroups {
		c.fail("groups", fmt.Errorf("has %d groups (at most %d)", len(c.groups), MaxGroups))
	}
	if len(c.errs) > 0 {
		return nil, errors.Join(c.errs...)
	}
	return c.Policy, nil
}

// A compiler compiles lists to its policy.
type compiler struct {
	*Policy
	errs []error
}

// maxErrors bounds the errors that are reported.
const maxErrors = 20

func (c *compiler) fail(where string, err error) {
	if len(c.errs) >= maxErrors {
		return
	}
	if where != "" {
		err = fmt.Errorf("%s: %w", where, err)
	}
	c.errs = append(c.errs, err)
}

func (c *compiler) group(where string, from *Group) {
	if len(from.Teams)+len(from.Organizations) == 0 {
		c.fail(where, errors.New("has no team and no organization (teams: [Sales], or organizations)"))
		return
	}
	c.groups = append(c.groups, group{organizations: from.Organizations})
	index := len(c.groups) - 1
	c.rules(where+"::", &from.Kinds, &c.groups[index].rules)
	for i, team := range from.Teams {
		key := foldTeam(team)
		if key == "" {
			c.fail(fmt.Sprintf("%s::teams::%d", where, i), errors.New("is empty (the team of the list of people)"))
		}
		c.byTeam[key] = append(c.byTeam[key], index)
	}
	for i, organization := range from.Organizations {
		if organization == "" {
			c.fail(fmt.Sprintf("%s::organizations::%d", where, i), errors.New("is empty (the organization.id of events)"))
		}
		if len(from.Teams) == 0 {
			c.byOrganization[organization] = append(c.byOrganization[organization], index)
		}
	}
}

func foldTeam(team string) string { return strings.ToLower(strings.TrimSpace(team)) }

func (c *compiler) rules(where string, from *Kinds, to *rules) {
	c.list(where+"hosts::allowed", hostKind, from.Hosts.Allowed, to.hosts.allowed.appendEntry)
	c.list(where+"hosts::disabled", hostKind, from.Hosts.Disabled, to.hosts.disabled.appendEntry)
	c.list(where+"connectors::allowed", connectorKind, from.Connectors.Allowed, to.connector.allowed.appendEntry)
	c.list(where+"connectors::disabled", connectorKind, from.Connectors.Disabled, to.connector.disabled.appendEntry)
	c.list(where+"plugins::allowed", pluginKind, from.Plugins.Allowed, to.plugin.allowed.appendEntry)
	c.list(where+"plugins::disabled", pluginKind, from.Plugins.Disabled, to.plugin.disabled.appendEntry)
}

func (c *compiler) list(where string, kind int, entries []string, appendTo func(string) error) {
	for i, entry := range entries {
		if err := appendTo(entry); err != nil {
			c.fail(fmt.Sprintf("%s::%d", where, i), err)
		}
	}
	c.entries += len(entries)
	c.has[kind] = c.has[kind] || len(entries) > 0
}

// A scope is the lists that apply to an event, those of everyone first.
type scope []*rules

// scopeOf appends the lists that apply to a team and an organization.
func (p *Policy) scopeOf(s scope, team, organization string) scope {
	s = append(s, &p.everyone)
	if len(p.groups) == 0 {
		return s
	}
	if team != "" {
		for _, i := range p.byTeam[foldTeam(team)] {
			if g := &p.groups[i]; len(g.organizations) == 0 || slices.Contains(g.organizations, organization) {
				s = append(s, &g.rules)
			}
		}
	}
	for _, i := range p.byOrganization[organization] {
		s = append(s, &p.groups[i].rules)
	}
	return s
}

// host returns the verdict on an endpoint in its normal form. A disabled host is disabled
// whatever else allows it. A host without a valid form is disabled if a part of it is, and
// never allowed.
func (s scope) host(at hosts.Endpoint) Verdict {
	valid := isName(at.Host)
	for _, r := range s {
		if r.hosts.disabled.covers(at, true) || !valid && r.hosts.disabled.coversPart(at) {
			return Disabled
		}
	}
	for _, r := range s {
		if r.hosts.allowed.all || valid && r.hosts.allowed.covers(at, false) {
			return Allowed
		}
	}
	return UnlistedVerdict(at.Host)
}

// UnlistedVerdict returns the verdict on a host that no list has.
func UnlistedVerdict(host string) Verdict {
	if hosts.IsLocal(host) {
		return Local
	}
	return Unlisted
}

// connector returns the verdict on a connector.
func (s scope) connector(name string) Verdict {
	name = strings.Trim(foldName(name), "_")
	return s.name(func(r *rules) bool { return r.connector.disabled.covers(name) }, func(r *rules) bool { return r.connector.allowed.covers(name) })
}

// plugin returns the verdict on a plugin.
func (s scope) plugin(name string) Verdict {
	name = strings.Trim(foldName(name), "_")
	return s.name(func(r *rules) bool { return r.plugin.disabled.covers(name) }, func(r *rules) bool { return r.plugin.allowed.covers(name) })
}

func (s scope) name(disabled, allowed func(*rules) bool) Verdict {
	switch {
	case slices.ContainsFunc(s, disabled):
		return Disabled
	case slices.ContainsFunc(s, allowed):
		return Allowed
	}
	return Unlisted
}
