package egress

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/hosts"
)

type attrs = map[string]any

// event returns an event of a kind.
func event(t require.TestingT, kind string, attributes attrs) cowork.Event {
	ld := plog.NewLogs()
	rl := ld.ResourceLogs().AppendEmpty()
	sl := rl.ScopeLogs().AppendEmpty()
	rec := sl.LogRecords().AppendEmpty()
	require.NoError(t, rec.Attributes().FromRaw(attributes))
	rec.Attributes().PutStr("event.name", kind)
	return cowork.EventOf(rl.Resource(), sl.Scope(), rec)
}

func compile(t require.TestingT, text string) *Policy {
	lists, err := Parse([]byte(text))
	require.NoError(t, err)
	p, err := Compile(lists)
	require.NoError(t, err)
	return p
}

// judge returns the verdicts on an event.
func judge(p *Policy, e cowork.Event) Judgment {
	var j Judgment
	p.Judge(e, &j)
	return j
}

// fetched returns the verdict on the fetch of a URL.
func fetched(t require.TestingT, p *Policy, url string) Verdict {
	return judge(p, event(t, "tool_result", attrs{"tool_name": "WebFetch", "tool_input": fmt.Sprintf(`{"url":%q}`, url)})).Verdict
}

func TestHosts(t *testing.T) {
	p := compile(t, `
hosts:
  allowed: [exact.example, "*.below.example", .both.example, "port.example:8443", 198.51.100.0/24, "2001:db8::/32", "[2001:db9::1]:443", 10.1.0.0/16, "203.0.113.5:80", münchen.example, "::ffff:192.0.2.0/120"]
  disabled: [bad.both.example, "*.evil.example", "half.both.example:25", 198.51.100.66, 169.254.169.254]
`)
	for url, want := range map[string]Verdict{
		"https://exact.example/a":                                Allowed,
		"https://EXACT.example./a":                               Allowed,
		"https://www.exact.example/":                             Unlisted,
		"https://notexact.example/":                              Unlisted,
		"https://below.example/":                                 Unlisted,
		"https://a.b.below.example/":                             Allowed,
		"https://abelow.example/":                                Unlisted,
		"https://both.example/":                                  Allowed,
		"https://a.both.example/":                                Allowed,
		"https://bad.both.example/":                              Disabled,
		"https://a.bad.both.example/":                            Allowed,
		"https://evil.example/":                                  Unlisted,
		"https://a.evil.example/":                                Disabled,
		"https://half.both.example/":                             Allowed,
		"https://half.both.example:25/":                          Disabled,
		"https://port.example:8443/":                             Allowed,
		"https://port.example/":                                  Unlisted,
		"https://198.51.100.7/":                                  Allowed,
		"https://198.51.100.66/":                                 Disabled,
		"https://0xc6.51.100.66/":                                Disabled,
		"https://[::ffff:198.51.100.66]/":                        Disabled,
		"https://3325256770/":                                    Disabled,
		"https://192.0.2.9/":                                     Allowed,
		"https://[2001:db8::5]/":                                 Allowed,
		"https://[2001:db9::1]/":                                 Allowed,
		"http://[2001:db9::1]/":                                  Unlisted,
		"http://203.0.113.5/":                                    Allowed,
		"https://203.0.113.5/":                                   Unlisted,
		"https://10.1.2.3/":                                      Allowed,
		"https://10.2.2.3/":                                      Local,
		"http://169.254.169.254/latest":                          Disabled,
		"http://localhost:8080/":                                 Local,
		"https://xn--mnchen-3ya.example/":                        Allowed,
		"https://MÜNCHEN.example/":                               Allowed,
		"https://exact.example@evil.net/":                        Unlisted,
		"https://exact.example%2f@evil.net/":                     Unlisted,
		"https://evil.net%2f.both.example/":                      Unlisted,
		"https://evil.net%00.both.example/":                      Unlisted,
		"https://evil.net%23.both.example/":                      Unlisted,
		"https://a.evil.example%2f.both.example/":                Disabled,
		"https://exact.example.evil.net/":                        Unlisted,
		"https://" + strings.Repeat("a.", 200) + "both.example/": Unlisted, // no host has so long a name
	} {
		require.Equal(t, want, fetched(t, p, url), url)
	}
	require.Equal(t, Disabled, scope{&p.everyone}.host(hosts.Endpoint{Host: "half.both.example"}), "of unknown port")
	require.Equal(t, Unlisted, scope{&p.everyone}.host(hosts.Endpoint{Host: "port.example"}), "of unknown port")
}

// TestEvents checks which events and texts are searched.
func TestEvents(t *testing.T) {
	p := compile(t, "hosts: {allowed: [a.example], disabled: [d.example]}\nconnectors: {allowed: [Slack, claude.ai *], disabled: [claude.ai Gmail]}\nplugins: {allowed: [office-*]}\n")
	check := func(kind string, own attrs, want Judgment) {
		t.Helper()
		got := judge(p, event(t, kind, own))
		got.scope = nil
		if len(got.Hosts) == 0 {
			got.Hosts = nil
		}
		require.Equal(t, want, got)
	}
	check("tool_result", attrs{"tool_name": "Bash", "tool_parameters": `{"full_command":"curl https://a.example | nc d.example 443; wget x.example"}`}, Judgment{
		Hosts: []HostVerdict{{"a.example", Allowed}, {"d.example", Disabled}, {"x.example", Unlisted}}, Verdict: Disabled, Host: "d.example",
	})
	check("tool_decision", attrs{"tool_name": "Bash", "tool_parameters": `{"full_command":"ssh bob@a.example"}`}, Judgment{Hosts: []HostVerdict{{"a.example", Allowed}}, Verdict: Allowed, Host: "a.example"})
	check("tool_result", attrs{"tool_name": "Write", "tool_input": `{"content":"https://d.example"}`}, Judgment{})
	check("user_prompt", attrs{"tool_name": "Bash", "tool_input": `https://d.example`}, Judgment{})
	check("tool_result", attrs{"tool_name": "mcp__claude_ai_Gmail__send", "tool_input": `{"to":"https://a.example"}`},
		Judgment{Hosts: []HostVerdict{{"a.example", Allowed}}, Verdict: Allowed, Host: "a.example", Connector: Disabled})
	check("mcp_server_connection", attrs{"server_name": "claude.ai  GMAIL"}, Judgment{Connector: Disabled})
	check("mcp_server_connection", attrs{"server_name": "claude.ai Drive"}, Judgment{Connector: Allowed})
	check("mcp_server_connection", attrs{"server_name": "slack"}, Judgment{Connector: Allowed})
	check("mcp_server_connection", attrs{"server_name": "slack2"}, Judgment{Connector: Unlisted})
	check("mcp_server_connection", attrs{"server_name": "[REDACTED]"}, Judgment{})
	check("api_request", attrs{"mcp_server.name": "claude.ai Gmail"}, Judgment{})
	check("plugin_loaded", attrs{"plugin.name": "office-pdf"}, Judgment{Plugin: Allowed})
	check("plugin_installed", attrs{"plugin.name": "mine"}, Judgment{Plugin: Unlisted})
	check("tool_result", attrs{"tool_name": "WebFetch", "tool_input": attrs{"url": "https://d.example"}}, Judgment{Verdict: Unlisted, Cut: 1})
	check("tool_result", attrs{"tool_name": "Bash", "tool_input": "curl a.example " + strings.Repeat("x ", maxTextBytes)}, Judgment{Hosts: []HostVerdict{{"a.example", Allowed}}, Verdict: Unlisted, Host: "a.example", Cut: 1})
	check("tool_result", attrs{"tool_name": "WebFetch", "tool_input": `{"url":"https://[REDACTED_IP_ADDRESS]/"}`}, Judgment{Hosts: []HostVerdict{{RedactedAddress, Unlisted}}, Verdict: Unlisted, Host: RedactedAddress})
	check("tool_result", attrs{"tool_name": "WebFetch", "tool_input": `{"url":"https://[REDACTED_EMAIL]/"}`}, Judgment{Hosts: []HostVerdict{{RedactedHost, Unlisted}}, Verdict: Unlisted, Host: RedactedHost})
	check("tool_result", attrs{"tool_name": "Bash", "tool_input": `{"command":"curl https://a.example/ -d @d.example"}`}, Judgment{Hosts: []HostVerdict{{"a.example", Allowed}}, Verdict: Allowed, Host: "a.example"})
	check("tool_result", attrs{"tool_name": "Bash", "tool_input": `{"command":"curl -s @d.example"}`}, Judgment{Hosts: []HostVerdict{{"d.example", Disabled}}, Verdict: Disabled, Host: "d.example"})
	check("tool_result", attrs{"tool_name": "mcp__crm__send", "tool_input": `{"to":"bob@d.example","cc":"mailto:ann@d.example"}`}, Judgment{Connector: Unlisted})
	for _, command := range []string{"ssh bob@d.example", "scp f bob@d.example:/tmp", "git push git@d.example:x/y.git", "psql postgres://u:p@d.example:5432/x", `curl https://a.example\\@d.example/`} {
		require.Equal(t, Disabled, judge(p, event(t, "tool_result", attrs{"tool_name": "Bash", "tool_input": `{"command":"` + command + `"}`})).Verdict, command)
	}
	empty := compile(t, "")
	require.True(t, empty.IsEmpty())
	require.Zero(t, judge(empty, event(t, "tool_result", attrs{"tool_name": "WebFetch", "tool_input": "https://d.example"})).Verdict)
}

// TestBoundOfHosts checks that hosts beyond the bound are judged, but not listed.
func TestBoundOfHosts(t *testing.T) {
	p := compile(t, "hosts: {allowed: [.example], disabled: [last.example]}")
	var b strings.Builder
	for i := range maxHosts + 2 {
		fmt.Fprintf(&b, "curl h%d.example; ", i)
	}
	j := judge(p, event(t, "tool_result", attrs{"tool_name": "Bash", "tool_input": b.String()}))
	require.Equal(t, Allowed, j.Verdict)
	require.Len(t, j.Hosts, maxHosts)
	require.Equal(t, 2, j.Omitted)
	j = judge(p, event(t, "tool_result", attrs{"tool_name": "Bash", "tool_input": b.String() + "curl last.example"}))
	require.Equal(t, Disabled, j.Verdict)
	require.Equal(t, "last.example", j.Host)
}

// TestGroups checks that the lists of groups are added, and that disabled wins.
func TestGroups(t *testing.T) {
	p := compile(t, `
hosts: {allowed: [all.example], disabled: [never.example]}
groups:
  - teams: [Sales, Support]
    hosts: {allowed: [crm.example, never.example], disabled: [all.example]}
  - organizations: [acme]
    hosts: {allowed: [acme.example]}
  - teams: [Lab]
    organizations: [acme]
    hosts: {allowed: [lab.example]}
`)
	check := func(team, organization, host string, want Verdict) {
		t.Helper()
		own := attrs{"tool_name": "WebFetch", "tool_input": "https://" + host + "/"}
		if team != "" {
			own["cowork.team"] = team
		}
		if organization != "" {
			own["organization.id"] = organization
		}
		require.Equal(t, want, judge(p, event(t, "tool_result", own)).Verdict)
	}
	check("", "", "all.example", Allowed)
	check("sales", "", "all.example", Disabled)
	check("", "", "crm.example", Unlisted)
	check("Support", "", "crm.example", Allowed)
	check("Support", "", "never.example", Disabled)
	check("", "acme", "acme.example", Allowed)
	check("", "globex", "acme.example", Unlisted)
	check("Lab", "acme", "lab.example", Allowed)
	check("Lab", "globex", "lab.example", Unlisted)
	check("", "acme", "lab.example", Unlisted)
}

// TestWritten checks what is written on an event, and that it is read again, also if
// redaction has replaced hosts in the lists.
func TestWritten(t *testing.T) {
	p := compile(t, "hosts: {allowed: [a.example, 198.51.100.1], disabled: [d.example]}\nconnectors: {disabled: [crm]}\n")
	e := event(t, "tool_result", attrs{"tool_name": "mcp__crm__open", "tool_input": "curl a.example d.example x.example 127.0.0.1 198.51.100.1 https://[REDACTED_EMAIL]/"})
	read := func() (got []HostVerdict) {
		for host, v := range WrittenHosts(e) {
			got = append(got, HostVerdict{host, v})
		}
		return got
	}
	require.False(t, IsJudged(e))
	require.Empty(t, read())
	j := judge(p, e)
	j.Write(e.Record().Attributes())
	got := e.Record().Attributes().AsRaw()
	delete(got, "tool_name")
	delete(got, "tool_input")
	delete(got, "event.name")
	require.Equal(t, attrs{
		"cowork.egress.verdict": "disabled", "cowork.egress.host": "d.example", "cowork.connector.verdict": "disabled",
		"cowork.egress.allowed": []any{"a.example", "198.51.100.1"}, "cowork.egress.disabled": []any{"d.example"},
		"cowork.egress.unlisted": []any{"x.example", RedactedHost}, "cowork.egress.local": []any{"127.0.0.1"},
	}, got)
	for key := range got {
		require.True(t, IsAttribute(key))
	}
	list, _ := e.Record().Attributes().Get(AllowedAttribute)
	list.Slice().At(1).SetStr("[REDACTED_IP_ADDRESS]")
	list.Slice().AppendEmpty().SetStr("[REDACTED_API_KEY]")
	require.True(t, IsJudged(e))
	require.Equal(t, []HostVerdict{
		{"d.example", Disabled}, {"x.example", Unlisted}, {RedactedHost, Unlisted}, {"a.example", Allowed}, {RedactedAddress, Allowed}, {RedactedHost, Allowed}, {"127.0.0.1", Local},
	}, read())
}

func TestErrors(t *testing.T) {
	check := func(text, want string) {
		t.Helper()
		lists, err := Parse([]byte(text))
		if err == nil {
			_, err = Compile(lists)
		}
		require.ErrorContains(t, err, want)
	}
	check("host: {}", "line 1: host: unknown key")
	check("hosts: [a.example]", "is no list: line 1: has another form")
	check("hosts:\n  permitted: [a.example]", "is no list: line 2: permitted: unknown key")
	check("hosts:\n  allowed: [a.example]\n disabled: [b.example]", "is no list: line 3: the indentation is not that of the keys above")
	check("hosts: {allowed: ['a b']}", `hosts::allowed::0: "a b": is no host (example.com, *.example.com`)
	for _, bad := range []string{"", "*.", "a.example:0", "a.example:99999", "a.example:x", "https://a.example", "a.*.example", "a..example", "[::1", "[::1]x", "10.0.0.0/33", "a.example/b", "a.example%2f"} {
		check(fmt.Sprintf("hosts: {disabled: [%q]}", bad), "hosts::disabled::0")
	}
	check("connectors: {allowed: ['--']}", "connectors::allowed::0: has no letter")
	check("groups: [{hosts: {allowed: [a.example]}}]", "groups::0: has no team and no organization")
	check("groups: [{teams: [' ']}]", "groups::0::teams::0: is empty")
	check("groups: [{organizations: ['']}]", "groups::0::organizations::0: is empty")
	check("groups: ["+strings.Repeat("{teams: [a]},", MaxGroups+1)+"]", "groups: has 1001 groups (at most 1000)")
	check("hosts: {allowed: ["+strings.Repeat("a.example,", MaxEntries+1)+"]}", "has 100001 entries (at most 100000)")
	check("hosts: {allowed: ["+strings.Repeat("'a b',", 1000)+"]}", "hosts::allowed::19")
	check("#"+strings.Repeat(" ", MaxBytes), "is larger than 4 MiB")
}
