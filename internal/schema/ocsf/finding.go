package ocsf

import (
	"regexp"
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/schema"
)

// severities are severity_id by the severity of a rule.
var severities = map[string]activity{"info": {1, "Informational"}, "warning": {3, "Medium"}, "critical": {5, "Critical"}}

// fillFinding writes an alert of cowork_rules as a finding.
func fillFinding(d *document) {
	info := d.root.PutEmptyMap("finding_info")
	name := d.take("alert.name")
	d.putRequired(info, "uid", d.take("alert.fingerprint"), unknownName)
	d.put(info, "title", name)
	d.put(info, "desc", d.take("alert.description"))
	analytic := info.PutEmptyMap("analytic")
	d.putRequired(analytic, "uid", name, unknownName)
	d.put(analytic, "name", name)
	d.put(analytic, "desc", d.take("alert.why"))
	caption(analytic, "type", 1, "Rule")
	putTime(d, info, "created_time", "alert.starts_at")
	if start, ok := info.Get("created_time"); ok {
		d.root.PutInt("start_time", start.Int())
	}
	putTime(d, d.root, "end_time", "alert.ends_at")
	fillAttacks(d, info)

	d.put(d.root, "message", d.take("alert.message"))
	if action := d.Cut(d.take("alert.action")); action != "" {
		d.root.PutEmptyMap("remediation").PutStr("desc", action)
	}
	severity, ok := severities[d.take("alert.severity")]
	if !ok {
		severity = activity{unknownID, "Unknown"}
	}
	caption(d.root, "severity", severity.id, severity.name)
	resolved := d.take("alert.status") == "resolved"
	d.root.PutBool("is_alert", !resolved)
	if resolved {
		d.activity = d.class.of("Close")
		caption(d.root, "status", 4, "Resolved")
		return
	}
	caption(d.root, "status", 1, "New")
}

// techniquePattern matches the id of a technique of ATT&CK or ATLAS in a tag, and the id
// of its sub-technique.
var techniquePattern = regexp.MustCompile(`(?i)\b((?:AML\.)?T\d{4})(\.\d{3})?\b`)

// fillAttacks writes the techniques of the tags of the rule.
func fillAttacks(d *document, info pcommon.Map) {
	var attacks pcommon.Slice
	for _, tag := range schema.TagsOf(d.Event, &d.Bounds) {
		id := techniquePattern.FindStringSubmatch(tag)
		if id == nil {
			continue
		}
		if attacks == (pcommon.Slice{}) {
			attacks = info.PutEmptySlice("attacks")
		}
		attack := attacks.AppendEmpty().SetEmptyMap()
		technique := strings.ToUpper(id[1])
		attack.PutEmptyMap("technique").PutStr("uid", technique)
		if id[2] != "" {
			attack.PutEmptyMap("sub_technique").PutStr("uid", technique+id[2])
		}
	}
}

// parseTime returns an RFC 3339 time in milliseconds.
func parseTime(text string) (int64, bool) {
	t, err := time.Parse(time.RFC3339Nano, text)
	return t.UnixMilli(), err == nil
}
