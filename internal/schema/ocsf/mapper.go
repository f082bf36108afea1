package ocsf

import (
	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/schema"
)

// A Mapper writes OCSF documents. The zero value is usable, and safe for concurrent use.
type Mapper struct{}

// Map writes the document of an event into dst, and reports whether a bound has cut
// something.
func (Mapper) Map(dst pcommon.Map, e cowork.Event) (truncated bool) {
	d := document{Event: e, kind: e.Name(), root: dst, class: baseEvent, Bounds: schema.Bounds{MaxText: maxText, Left: maxDocument}, used: make([]string, 0, 48)}
	dst.EnsureCapacity(24)
	d.activity = baseEvent.of(d.kind)
	row, ok := kindTable[d.kind]
	if ok {
		d.class, d.activity = row.class, row.class.of(row.activity)
	}
	if isTool(d.kind) {
		row = toolRow(&d)
		d.class, d.activity = row.class, row.class.of(row.activity)
	}
	fillCommon(&d)
	if success, known := schema.OutcomeOf(e, d.kind); known {
		outcome(&d, success)
	}
	if row.fill != nil {
		row.fill(&d)
	}
	if isTool(d.kind) {
		fillOutcome(&d)
	}
	fillClassification(&d)
	fillObservables(&d)
	fillUnmapped(&d)
	fillMetadata(&d)
	return d.Truncated
}

// fillClassification writes the class, the activity and what follows from both.
func fillClassification(d *document) {
	name := d.Cut(d.activity.name)
	if name == "" {
		d.activity, name = activity{unknownID, "Unknown"}, "Unknown"
	}
	d.root.PutInt("category_uid", d.class.category)
	d.root.PutStr("category_name", d.class.categoryName)
	d.root.PutInt("class_uid", d.class.uid)
	d.root.PutStr("class_name", d.class.name)
	d.root.PutInt("activity_id", d.activity.id)
	d.root.PutStr("activity_name", name)
	d.root.PutInt("type_uid", d.class.uid*100+d.activity.id)
	d.root.PutStr("type_name", d.class.name+": "+name)
	if _, ok := d.root.Get("severity_id"); !ok {
		caption(d.root, "severity", 1, "Informational")
	}
	if _, ok := d.root.Get("message"); !ok {
		d.putRequired(d.root, "message", d.kind, "unknown")
	}
}

// fillMetadata writes the metadata object. It is the last part, since it names the
// profiles and whether something was cut. Its texts are short, so that they have bounds
// of their own.
func fillMetadata(d *document) {
	truncated := d.Truncated
	d.Left = maxDocument
	m := d.root.PutEmptyMap("metadata")
	m.PutStr("version", Version)
	product := m.PutEmptyMap("product")
	name, vendor, log := productName, vendorName, "claude_code.events"
	if schema.IsOwn(d.kind) {
		name, vendor, log = ownProduct, ownVendor, "cowork.alerts"
	}
	product.PutStr("name", name)
	product.PutStr("vendor_name", vendor)
	d.put(product, "version", d.ClientVersion())
	profiles := m.PutEmptySlice("profiles")
	for _, profile := range [...]struct {
		name string
		on   bool
	}{{"ai_operation", d.class.ai}, {"host", d.class.host}, {"security_control", d.control}} {
		if profile.on {
			profiles.AppendEmpty().SetStr(profile.name)
		}
	}
	d.put(m, "uid", cowork.RecordID(d.Event, d.kind))
	d.put(m, "event_code", d.kind)
	m.PutStr("log_name", log)
	service, _ := d.Str("service.name")
	d.put(m, "log_source", service)
	d.put(m, "correlation_uid", d.PromptID())
	d.put(m, "tenant_uid", d.text("organization.id"))
	original, _ := d.Str("event.timestamp")
	d.put(m, "original_time", original)
	if n, ok := d.Sequence(); ok {
		m.PutInt("sequence", n)
	}
	// logged_time is left to the final destination, which is not the collector.
	if ts := d.Record().ObservedTimestamp(); ts != 0 {
		m.PutInt("processed_time", millis(ts))
	}
	if d.Truncated = d.Truncated || truncated; d.Truncated {
		m.PutBool("is_truncated", true)
	}
}

// millis returns a time in milliseconds, as OCSF has it.
func millis(ts pcommon.Timestamp) int64 { return ts.AsTime().UnixMilli() }
