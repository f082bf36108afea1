package egress

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/cowork-otel/collector/internal/hosts"
)

// anything is the entry that every name matches.
const anything = "*"

// A hostSet is a list of hosts in their normal form.
type hostSet struct {
	all      bool             // has the entry *
	names    map[string]ports // exact hosts and addresses
	below    map[string]ports // domains whose subdomains match
	networks []network
}

// ports are those that an entry is limited to, none for all of them.
type ports struct {
	any  bool
	list []uint16
}

type network struct {
	prefix netip.Prefix
	ports  ports
}

// forms are those of an entry, for errors.
const forms = "example.com, *.example.com for its subdomains, .example.com for both, 203.0.113.9, 203.0.113.0/24, each also with a port such as example.com:443, or * for all"

// appendEntry adds an entry.
func (s *hostSet) appendEntry(entry string) error {
	bad := func() error { return fmt.Errorf("%q: is no host (%s)", entry, forms) }
	entry = strings.TrimSpace(entry)
	if entry == anything {
		s.all = true
		return nil
	}
	if s.names == nil {
		s.names, s.below = map[string]ports{}, map[string]ports{}
	}
	if prefix, err := netip.ParsePrefix(entry); err == nil {
		prefix = unmapped(prefix)
		s.networks = append(s.networks, network{prefix.Masked(), ports{any: true}})
		return nil
	}
	name, port, ok := splitPort(entry)
	if !ok {
		return bad()
	}
	if prefix, err := netip.ParsePrefix(name); err == nil {
		s.networks = append(s.networks, network{unmapped(prefix).Masked(), ports{}.with(port)})
		return nil
	}
	domain, wild := strings.CutPrefix(name, "*.")
	both := false
	if !wild {
		domain, both = strings.CutPrefix(name, ".")
	}
	domain = hosts.Normal(domain)
	if !isName(domain) {
		return bad()
	}
	if wild || both {
		s.below[domain] = s.below[domain].with(port)
	}
	if !wild {
		s.names[domain] = s.names[domain].with(port)
	}
	return nil
}

// unmapped returns an IPv4 network that is written as IPv6 in its usual form.
func unmapped(p netip.Prefix) netip.Prefix {
	if p.Addr().Is4In6() && p.Bits() >= 96 {
		return netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
	}
	return p
}

// splitPort splits the port from an entry: example.com:443, [2001:db8::1]:443. It returns
// false for a port that is none.
func splitPort(entry string) (name string, port uint16, ok bool) {
	rest := ""
	if inner, found := strings.CutPrefix(entry, "["); found {
		if name, rest, ok = strings.Cut(inner, "]"); !ok {
			return "", 0, false
		}
		if rest == "" {
			return name, 0, true
		}
		if rest, ok = strings.CutPrefix(rest, ":"); !ok {
			return "", 0, false
		}
	} else {
		if strings.Count(entry, ":") != 1 { // none, or an IPv6 address
			return entry, 0, true
		}
		name, rest, _ = strings.Cut(entry, ":")
	}
	n, err := strconv.ParseUint(rest, 10, 16)
	return name, uint16(n), err == nil && n > 0
}

func (p ports) with(port uint16) ports {
	if port == 0 {
		p.any = true
	} else {
		p.list = append(p.list, port)
	}
	return p
}

// has reports whether a port is one of them. The unknown port 0 is if unknown is set.
func (p ports) has(port uint16, unknown bool) bool {
	if p.any || port == 0 && unknown && len(p.list) > 0 {
		return true
	}
	for _, n := range p.list {
		if n == port && port != 0 {
			return true
		}
	}
	return false
}

// covers reports whether the list has an endpoint in its normal form. With unknown, an
// endpoint of unknown port matches entries with a port.
func (s *hostSet) covers(at hosts.Endpoint, unknown bool) bool {
	if s.all {
		return true
	}
	if s.names[at.Host].has(at.Port, unknown) {
		return true
	}
	if ip, err := netip.ParseAddr(at.Host); err == nil {
		for _, n := range s.networks {
			if n.prefix.Contains(ip) && n.ports.has(at.Port, unknown) {
				return true
			}
		}
		return false
	}
	for rest := at.Host; ; {
		_, parent, ok := strings.Cut(rest, ".")
		if !ok {
			return false
		}
		if s.below[parent].has(at.Port, unknown) {
			return true
		}
		rest = parent
	}
}

// isName reports whether a text has the form of a host or an address.
func isName(s string) bool {
	if _, err := netip.ParseAddr(s); err == nil {
		return true
	}
	if s == "" || len(s) > 253 || strings.HasPrefix(s, ".") || strings.HasSuffix(s, ".") || strings.Contains(s, "..") {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return r != '.' && r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z')
	})
}

// coversPart reports whether the list has a part of a host without a valid form, such as
// evil.example in evil.example/.example.com.
func (s *hostSet) coversPart(at hosts.Endpoint) bool {
	parts := strings.FieldsFuncSeq(at.Host, func(r rune) bool {
		return r != '.' && r != '-' && r != '_' && r < 128 && (r < '0' || r > '9') && (r < 'a' || r > 'z')
	})
	for part := range parts {
		if s.covers(hosts.Endpoint{Host: hosts.Normal(strings.Trim(part, ".")), Port: at.Port}, true) {
			return true
		}
	}
	return false
}
