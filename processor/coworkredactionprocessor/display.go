package coworkredactionprocessor

import (
	"fmt"
	"net/mail"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/pdata/pcommon"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/pii"
)

// A Display is what a user is shown as.
type Display string

// The values. Name is what cowork_roster has written. Email is the user's address, whatever
// the action for its attribute. Pseudonym is that of the first identity. ID is the user's
// account or installation, as without a name.
const (
	DisplayName      Display = "name"
	DisplayEmail     Display = "email"
	DisplayPseudonym Display = "pseudonym"
	DisplayID        Display = "id"
)

var displays = []Display{DisplayName, DisplayEmail, DisplayPseudonym, DisplayID}

// Validate checks that the value exists.
func (d Display) Validate() error {
	if slices.Contains(displays, d) {
		return nil
	}
	return fmt.Errorf("unknown value %q (have name, email, pseudonym, id)", string(d))
}

// A displayRule is how the name of a user is chosen. It is safe for concurrent use.
type displayRule struct {
	order       []Display
	identities  []Key
	keepAddress redactFunc
	key         pseudonymKey
}

// newDisplayRule returns nil if names stay as they are.
func newDisplayRule(cfg Identities, scanner *pii.Scanner) *displayRule {
	order := cfg.shownAs()
	if slices.Equal(order, []Display{DisplayName}) {
		return nil
	}
	return &displayRule{order, cfg.Attributes, scanner.Except("email").Redact, pseudonymKey(cfg.Key)}
}

// identities are the identities of a resource or an item, as they arrived.
type identities struct {
	address string // an e-mail address
	first   string // the first identity of the configuration
	id      bool   // there is an account or an installation
}

// valued is an event, a span, a data point or a resource.
type valued interface {
	Value(key string) (pcommon.Value, bool)
}

// mapValues are the attributes of a span, a data point or a resource.
type mapValues struct{ pcommon.Map }

// Value returns an attribute.
func (m mapValues) Value(key string) (pcommon.Value, bool) { return m.Get(key) }

// The attributes of addresses and ids.
var (
	addressAttributes = []Key{"user.email", "enduser.id"}
	idAttributes      = []Key{"user.account_uuid", "user.account_id", "user.id"}
)

// identitiesOf reads identities before they are redacted. Those that are absent are those
// of outer.
func identitiesOf[V valued](d *displayRule, from V, outer identities) identities {
	found := outer
	for _, key := range addressAttributes {
		if address := d.addressIn(identityText(from, key)); address != "" {
			found.address = address
			break
		}
	}
	for _, key := range d.identities {
		if text := identityText(from, key); text != "" {
			found.first = text
			break
		}
	}
	for _, key := range idAttributes {
		found.id = found.id || identityText(from, key) != ""
	}
	return found
}

// identityText returns an attribute that is a text, "" for a marker.
func identityText[V valued](from V, key Key) string {
	v, ok := from.Value(string(key))
	if !ok || v.Type() != pcommon.ValueTypeStr || cowork.IsMarker(v.Str()) {
		return ""
	}
	return strings.TrimSpace(v.Str())
}

// maxAddressBytes is the length of the longest address that mail servers accept.
const maxAddressBytes = 254

// addressIn returns a text that is an e-mail address and nothing else, in lower case, so
// that every spelling is one user. A sender could write any text in its place.
func (d *displayRule) addressIn(text string) string {
	if len(text) > maxAddressBytes || strings.IndexByte(text, '@') <= 0 {
		return ""
	}
	if parsed, err := mail.ParseAddress(text); err != nil || parsed.Address != text {
		return ""
	}
	if clean, _ := d.keepAddress(nil, "user.email", text); clean != text {
		return ""
	}
	return strings.ToLower(text)
}

// writeName writes the first name that is there into the redacted attributes of an item.
// It removes a name that was not chosen.
func (d *displayRule) writeName(m pcommon.Map, found identities) {
	for _, display := range d.order {
		switch display {
		case DisplayName:
			if v, ok := m.Get(cowork.UserNameAttribute); ok && v.Type() == pcommon.ValueTypeStr && v.Str() != "" && !cowork.IsMarker(v.Str()) {
				return
			}
		case DisplayEmail:
			if found.address != "" {
				m.PutStr(cowork.UserNameAttribute, found.address)
				return
			}
		case DisplayPseudonym:
			if found.first != "" {
				name, _ := d.key.pseudonymize(nil, "", found.first)
				m.PutStr(cowork.UserNameAttribute, name)
				return
			}
		case DisplayID:
			if found.id {
				m.Remove(cowork.UserNameAttribute)
				return
			}
		}
	}
	m.Remove(cowork.UserNameAttribute)
}

// redactItem redacts the attributes of a span or a data point, and writes the name of its
// user.
func redactItem(r *redactor, m pcommon.Map) {
	if r.display == nil || r.collecting {
		r.attributes("", m, 0)
		return
	}
	found := identitiesOf(r.display, mapValues{m}, r.sentBy)
	r.attributes("", m, 0)
	r.display.writeName(m, found)
}

// isPeople reports whether cowork_roster writes an attribute.
func isPeople(key string) bool {
	return key == cowork.UserNameAttribute || key == cowork.TeamAttribute || key == cowork.CostCenterAttribute
}
