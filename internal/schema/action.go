package schema

import (
	"net/netip"
	"strconv"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/hosts"
)

// alertKind is the kind of the alerts of cowork_rules.
const alertKind = "alert"

// IsOwn reports whether the collector itself made an event of a kind, without that of a
// client: the version of its service is that of the collector, and it has no machine.
func IsOwn(kind string) bool { return kind == alertKind || kind == "tenant_mismatch" }

// TextOf returns an attribute as text, "" for one that is absent or was replaced by a
// marker of redaction.
func TextOf(e cowork.Event, key string) string {
	text, _ := e.Str(key)
	if cowork.IsMarker(text) {
		return ""
	}
	return text
}

// IDOf returns the id of a record, "" if it has none. A record that is delivered twice has
// the same.
func IDOf(e cowork.Event, kind string) string {
	id := cowork.IdentityOf(e, kind)
	if d := id.Redelivery(); d != 0 {
		return strconv.FormatUint(uint64(d), 16)
	}
	return ""
}

// DimensionOf returns the event's value of a dimension. An alert has those of its group
// under their names, such as user.
func DimensionOf(e cowork.Event, kind, name string) string {
	if value := e.Dimension(name); value != "" && !cowork.IsMarker(value) {
		return value
	}
	if kind == alertKind {
		return TextOf(e, name)
	}
	return ""
}

// UserIDOf returns the account, else the user by which events are grouped.
func UserIDOf(e cowork.Event, kind string) string {
	if account := TextOf(e, "user.account_uuid"); account != "" {
		return account
	}
	return DimensionOf(e, kind, "user")
}

// maxHost is longer than any host name.
const maxHost = 1024

// HostOf returns the host of the URL that a tool requests, in the normal form of
// [hosts.Normal], "" if it requests none.
func HostOf(e cowork.Event) string {
	if url := cowork.URLOf(e); url != "" {
		for host := range hosts.Of(url, false) {
			return shownHost(url, host[:min(len(host), maxHost)])
		}
	}
	return ""
}

// shownHost returns the normal form of a URL's host. An address in another notation, such as
// 0xC000024D, stays as it is in the URL: in its usual notation redaction replaces it. The
// addresses of the machine and its link are those that redaction keeps.
func shownHost(url, host string) string {
	normal := hosts.Normal(host)
	address, err := netip.ParseAddr(normal)
	if err != nil || address.IsLoopback() || address.IsLinkLocalUnicast() || address.IsUnspecified() || strings.Contains(strings.ToLower(url), normal) {
		return normal
	}
	return strings.ToLower(host)
}

// TagsOf returns the tags of the rule of an alert: attack.t1059.004, atlas.aml.t0051,
// owasp.llm01-2026.
func TagsOf(e cowork.Event, b *Bounds) []string { return ListOf(e, "alert.tags", b) }

// ListOf returns the texts of an attribute that is a list, none for another value.
func ListOf(e cowork.Event, key string, b *Bounds) (texts []string) {
	v, ok := e.Value(key)
	if !ok || v.Type() != pcommon.ValueTypeSlice {
		return nil
	}
	for i, text := range v.Slice().All() {
		if i == MaxList {
			b.Truncated = true
			break
		}
		texts = append(texts, text.AsString())
	}
	return texts
}

// An outcome reads whether what an event reports has succeeded, if the event reports it.
type outcome func(e cowork.Event) (success, known bool)

// outcomes are those of the kinds without the attribute success.
var outcomes = map[string]outcome{
	"api_request":             always(true),
	"api_error":               always(false),
	"api_refusal":             always(false),
	"api_retries_exhausted":   always(false),
	"internal_error":          always(false),
	"tool_decision":           byText("decision", map[string]bool{"accept": true, "reject": false}),
	"mcp_server_connection":   byText("status", map[string]bool{"connected": true, "disconnected": true, "failed": false}),
	"hook_execution_complete": hooksPassed,
	alertKind:                 func(cowork.Event) (bool, bool) { return false, false },
}

// OutcomeOf returns whether what an event of a kind reports has succeeded: a request that
// was answered, a tool that ran or was permitted, a login, a connection.
func OutcomeOf(e cowork.Event, kind string) (success, known bool) {
	if read, ok := outcomes[kind]; ok {
		return read(e)
	}
	return e.Bool("success")
}

func always(success bool) outcome {
	return func(cowork.Event) (bool, bool) { return success, true }
}

func byText(key string, table map[string]bool) outcome {
	return func(e cowork.Event) (success, known bool) {
		text, _ := e.Str(key)
		success, known = table[text]
		return success, known
	}
}

func hooksPassed(e cowork.Event) (success, known bool) {
	blocked, _ := e.Int("num_blocking")
	failed, _ := e.Int("num_non_blocking_error")
	return blocked <= 0 && failed <= 0, true
}
