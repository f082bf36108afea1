package cowork

// This file reads which organizations a sender claims, in every place and spelling that
// a component or a backend can read as organization.id.

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

// The attributes of the token with which telemetry was sent.
const (
	TenantAttribute         = "cowork.tenant"
	TenantMismatchAttribute = "cowork.tenant.mismatch"
	OrganizationAttribute   = "organization.id"
)

// TenantMismatchName is the name of the event that cowork_event emits for a batch with
// items of organizations that are not those of its token.
const TenantMismatchName = "cowork.tenant_mismatch"

// A Claim is what the maps of an item claim about its organization. The zero value claims
// nothing.
type Claim struct {
	// Named is whether an organization is named.
	Named bool
	// Foreign is whether one of them is not allowed, and Organization is the first one.
	Foreign      bool
	Organization string
}

// ReadClaim adds the organizations that a map names to a claim. An attribute names an
// organization if its name is organization.id in any case and with any separator, or if it
// is a map organization with such a key id. A key can occur twice: each one counts.
func (c Claim) ReadClaim(m pcommon.Map, allows func(organization string) bool) Claim {
	for key, v := range m.All() {
		switch organizationKey(key) {
		case isOrganizationID:
			c.addValue(v, allows)
		case isOrganization:
			if inner, ok := asMap(v); ok {
				for key, v := range inner.All() {
					if foldsTo(key, foldedID) {
						c.addValue(v, allows)
					}
				}
			}
		}
	}
	return c
}

// ReadRecordClaim adds the organizations that a record names to a claim: in its
// attributes, and in a body that is a map.
func (c Claim) ReadRecordClaim(rec plog.LogRecord, allows func(organization string) bool) Claim {
	c = c.ReadClaim(rec.Attributes(), allows)
	if rec.Body().Type() != pcommon.ValueTypeMap {
		return c
	}
	if body, ok := asMap(rec.Body()); ok {
		c = c.ReadClaim(body, allows)
	}
	if attributes, ok := bodyAttributes(rec); ok {
		c = c.ReadClaim(attributes, allows)
	}
	return c
}

func (c *Claim) addValue(v pcommon.Value, allows func(string) bool) {
	if !present(v) {
		return
	}
	c.Named = true
	if c.Foreign {
		return
	}
	if organization := v.AsString(); !allows(organization) {
		c.Foreign, c.Organization = true, organization
	}
}

// What a key can be.
const (
	isOther = iota
	isOrganizationID
	isOrganization
)

// The parts of the key, as foldsTo compares them.
const (
	foldedOrganization = "organization"
	foldedID           = "id"
)

// organizationKey returns whether a key is organization.id, organization, or another one.
func organizationKey(key string) int {
	if len(key) < len(foldedOrganization) || key[0]|0x20 != 'o' {
		return isOther
	}
	switch {
	case foldsTo(key, foldedOrganization+foldedID):
		return isOrganizationID
	case foldsTo(key, foldedOrganization):
		return isOrganization
	default:
		return isOther
	}
}

// foldsTo reports whether a key equals a text of small letters, without regard to case and to
// characters other than letters and digits: backends write each of these alike.
func foldsTo(key, text string) bool {
	n := 0
	for i := range len(key) {
		c := key[i]
		if c < 0x80 && classes[c]&(letter|digit) == 0 {
			continue
		}
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		if n == len(text) || text[n] != c {
			return false
		}
		n++
	}
	return n == len(text)
}

// RenameClaims renames the attributes of a map that name an organization which is not
// allowed, as [RenameReserved] does: nothing counts or groups by them. It reports whether
// there was one.
func RenameClaims(m pcommon.Map, allows func(organization string) bool) bool {
	return renameKeys(m, func(key string, v pcommon.Value) bool {
		switch organizationKey(key) {
		case isOrganizationID:
			return present(v) && !allows(v.AsString())
		case isOrganization:
			one := pcommon.NewMap()
			v.CopyTo(one.PutEmpty(key))
			return Claim{}.ReadClaim(one, allows).Foreign
		default:
			return false
		}
	})
}

// RenameRecordClaims is RenameClaims for the places of a record.
func RenameRecordClaims(rec plog.LogRecord, allows func(organization string) bool) {
	RenameClaims(rec.Attributes(), allows)
	body, ok := asMap(rec.Body())
	if !ok {
		return
	}
	RenameClaims(body, allows)
	if attributes, ok := bodyAttributes(rec); ok {
		RenameClaims(attributes, allows)
	}
}
