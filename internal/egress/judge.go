package egress

import (
	"iter"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/hosts"
)

// The attributes of verdicts. Only cowork_egress writes them.
const (
	// VerdictAttribute is the worst verdict on a host of the event.
	VerdictAttribute = "cowork.egress.verdict"
	// HostAttribute is the first host with this verdict.
	HostAttribute = "cowork.egress.host"
	// These attributes are the hosts of each verdict.
	DisabledAttribute = "cowork.egress.disabled"
	UnlistedAttribute = "cowork.egress.unlisted"
	AllowedAttribute  = "cowork.egress.allowed"
	LocalAttribute    = "cowork.egress.local"
	// ConnectorAttribute is the verdict on the connector of the event.
	ConnectorAttribute = "cowork.connector.verdict"
	// PluginAttribute is the verdict on the plugin of the event.
	PluginAttribute = "cowork.plugin.verdict"
)

// Attributes are all of them.
var Attributes = []string{
	VerdictAttribute, HostAttribute, DisabledAttribute, UnlistedAttribute, AllowedAttribute, LocalAttribute, ConnectorAttribute, PluginAttribute,
}

// maxHosts bounds the hosts of an event.
const maxHosts = 32

// A Judgment is the verdicts on an event. Its memory is used again by [Policy.Judge].
type Judgment struct {
	Hosts             []HostVerdict // each host once
	Verdict           Verdict       // the worst one on a host
	Host              string        // the first host with this verdict
	Connector, Plugin Verdict
	// Cut counts texts that were searched in part. They make an event unlisted.
	Cut int
	// Omitted counts hosts that are judged, but not in Hosts.
	Omitted int

	// Redact returns the form in which a host is listed, of the host as a text writes it and its
	// normal form. Tokens in small letters cannot be found later. If it is nil, the normal
	// form is listed.
	Redact func(written, host string) string

	scope scope
}

// A HostVerdict is the verdict on a host.
type HostVerdict struct {
	Host    string
	Verdict Verdict
}

// connectorEvents and pluginEvents are the kinds of events that show the use of a
// connector or a plugin. On other kinds, old clients write the names of earlier ones.
var (
	connectorEvents = []string{"tool_result", "tool_decision", "mcp_server_connection"}
	pluginEvents    = []string{"plugin_loaded", "plugin_installed"}
	hostEvents      = []string{"tool_result", "tool_decision"}

	pluginOf       = cowork.DimensionOf("plugin")
	organizationOf = cowork.DimensionOf("organization")
)

// Judge judges an event.
func (p *Policy) Judge(e cowork.Event, j *Judgment) {
	*j = Judgment{Hosts: j.Hosts[:0], scope: j.scope[:0], Redact: j.Redact}
	kind := e.Name()
	if p.has[connectorKind] && slices.Contains(connectorEvents, kind) {
		if name := connectorOf(e); name != "" && !cowork.IsMarker(name) {
			j.Connector = j.scopeFor(p, e).connector(name)
		}
	}
	if p.has[pluginKind] && slices.Contains(pluginEvents, kind) {
		if name := pluginOf(e); name != "" && !cowork.IsMarker(name) {
			j.Plugin = j.scopeFor(p, e).plugin(name)
		}
	}
	if !p.has[hostKind] || !slices.Contains(hostEvents, kind) {
		return
	}
	for at := range EndpointsOf(e, &j.Cut) {
		j.judgeHost(at, j.scopeFor(p, e))
	}
	if j.Cut > 0 {
		j.Verdict = worse(j.Verdict, Unlisted)
	}
}

// scopeFor returns the lists that apply to the event. It looks them up once.
func (j *Judgment) scopeFor(p *Policy, e cowork.Event) scope {
	if len(j.scope) == 0 {
		j.scope = p.scopeOf(j.scope, e.Team(), organizationOf(e))
	}
	return j.scope
}

// judgeHost adds the verdict on a host, which counts with its worst verdict if it occurs
// with several ports. Hosts beyond the bound are judged too, but not listed.
func (j *Judgment) judgeHost(at hosts.Endpoint, s scope) {
	v := s.host(at)
	if j.Redact != nil {
		at.Host = j.Redact(at.Written, at.Host)
	}
	if worst := worse(j.Verdict, v); worst != j.Verdict {
		j.Verdict, j.Host = worst, at.Host
	}
	if i := slices.IndexFunc(j.Hosts, func(h HostVerdict) bool { return h.Host == at.Host }); i >= 0 {
		j.Hosts[i].Verdict = worse(j.Hosts[i].Verdict, v)
		return
	}
	if len(j.Hosts) >= maxHosts {
		j.Omitted++
		return
	}
	j.Hosts = append(j.Hosts, HostVerdict{at.Host, v})
}

// listed are the verdicts, each with the attribute of its hosts, the worst one first.
var listed = [...]struct {
	verdict   Verdict
	attribute string
}{{Disabled, DisabledAttribute}, {Unlisted, UnlistedAttribute}, {Allowed, AllowedAttribute}, {Local, LocalAttribute}}

// Write writes the verdicts to the attributes of an event.
func (j *Judgment) Write(to pcommon.Map) {
	put(to, ConnectorAttribute, j.Connector)
	put(to, PluginAttribute, j.Plugin)
	put(to, VerdictAttribute, j.Verdict)
	if j.Verdict == None {
		return
	}
	if j.Host != "" {
		to.PutStr(HostAttribute, j.Host)
	}
	for _, l := range listed {
		var list pcommon.Slice
		for _, h := range j.Hosts {
			if h.Verdict != l.verdict {
				continue
			}
			if list == (pcommon.Slice{}) {
				list = to.PutEmptySlice(l.attribute)
			}
			list.AppendEmpty().SetStr(h.Host)
		}
	}
}

func put(to pcommon.Map, key string, v Verdict) {
	if v != None {
		to.PutStr(key, string(v))
	}
}

// IsAttribute reports whether a key is that of a verdict.
func IsAttribute(key string) bool {
	return strings.HasPrefix(key, "cowork.") && slices.Contains(Attributes, key)
}

// IsJudged reports whether cowork_egress has written a verdict on the hosts of an event.
func IsJudged(e cowork.Event) bool {
	_, judged := e.Value(VerdictAttribute)
	return judged
}

// WrittenHosts iterates over the hosts that cowork_egress has written, with their verdicts,
// the worst ones first. Redaction may have replaced hosts since: an address is
// [RedactedAddress] then, other ones are [RedactedHost].
func WrittenHosts(e cowork.Event) iter.Seq2[string, Verdict] {
	return func(yield func(string, Verdict) bool) {
		for _, l := range listed {
			v, ok := e.Value(l.attribute)
			if !ok || v.Type() != pcommon.ValueTypeSlice {
				continue
			}
			for _, element := range v.Slice().All() {
				host := element.Str()
				if strings.HasPrefix(host, "[") {
					host = normal(host)
				}
				if !yield(host, l.verdict) {
					return
				}
			}
		}
	}
}
