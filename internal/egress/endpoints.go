package egress

import (
	"iter"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/hosts"
)

// The bounds of an event.
const (
	maxTextBytes = 32 << 10 // of a text that is searched for hosts
	maxHostBytes = 1 << 10
)

// The hosts of a URL whose IP address was redacted, and of one whose host was redacted as
// another pattern: user@host.example is an e-mail address.
const (
	RedactedAddress = "(ip address)"
	RedactedHost    = "(redacted)"
)

// networkTools are the tools besides those of connectors whose parameters name hosts that
// are requested. Texts of other tools, such as files to write, name hosts as well.
var networkTools = []string{"WebFetch", "WebSearch", "Bash", "PowerShell", "Monitor"}

var (
	toolOf      = cowork.DimensionOf("tool")
	connectorOf = cowork.DimensionOf("connector")
)

// texts are the attributes that are searched for hosts.
var texts = [...]string{"tool_input", "tool_parameters"}

// EndpointsOf iterates over the hosts that the parameters of a tool call name, in their
// normal form and with their ports. E-mail addresses name none. It adds to cut how many
// texts were not searched to the end. A host can occur several times. It does not allocate
// for an event that names no host.
func EndpointsOf(e cowork.Event, cut *int) iter.Seq[hosts.Endpoint] {
	return func(yield func(hosts.Endpoint) bool) {
		if !slices.Contains(networkTools, toolOf(e)) && connectorOf(e) == "" {
			return
		}
		for _, key := range texts {
			text := textOf(e, key, cut)
			if len(text) > maxTextBytes {
				text = text[:maxTextBytes]
				*cut++
			}
			if !mayNameHost(text) {
				continue
			}
			for at := range hosts.EndpointsOf(text, false) {
				at.Written = at.Host
				if at.Host = normal(at.Host); at.Host != "" && !at.Mail && !yield(at) {
					return
				}
			}
		}
	}
}

// textOf returns an attribute as a text. It counts one that is decoded as cut: it is not
// searched.
func textOf(e cowork.Event, key string, cut *int) string {
	v, ok := e.Value(key)
	if !ok {
		return ""
	}
	if v.Type() != pcommon.ValueTypeStr {
		*cut++
		return ""
	}
	return v.Str()
}

// mayNameHost reports whether a text has a character that a host has: a dot in any script,
// the digits of an address, or an escape of one.
func mayNameHost(text string) bool {
	return strings.ContainsAny(text, ".\\%0123456789") || strings.Contains(text, "//") ||
		strings.Contains(text, "\u3002") || strings.Contains(text, "\uff0e") || strings.Contains(text, "\uff61")
}

// markers are the normal forms of the marker of a redacted IP address: the one in a text,
// and the one in a list of hosts.
var markers = []string{"redacted_ip_address", "[redacted_ip_address]"}

// normal returns the normal form of a host. Of a host that is too long it returns the end,
// which its domain is in.
func normal(host string) string {
	if len(host) > maxHostBytes {
		host = host[len(host)-maxHostBytes:]
	}
	switch host = hosts.Normal(host); {
	case slices.Contains(markers, host):
		return RedactedAddress
	case strings.HasPrefix(strings.TrimPrefix(host, "["), "redacted"):
		return RedactedHost
	}
	return host
}
