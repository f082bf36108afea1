package tenant

import (
	"slices"
	"strings"
)

// AnyOrganization is the entry of a tenant that may send events of all organizations.
const AnyOrganization = "*"

// The attributes of a tenant, for components that read the authentication of a request.
const (
	NameAttribute          = "cowork.tenant"
	OrganizationsAttribute = "cowork.tenant.organizations"
)

// A Tenant is the sender that a token names. It implements the collector's
// client.AuthData. It does not change after the list was read.
type Tenant struct {
	name          string
	organizations []string // sorted; nil if all are allowed
}

// Name returns the name of the token.
func (t *Tenant) Name() string { return t.name }

// Allows reports whether the tenant may send events of an organization. Letters of another
// case are another organization, as in what counts and groups by it.
func (t *Tenant) Allows(organization string) bool {
	if t.organizations == nil {
		return true
	}
	_, found := slices.BinarySearch(t.organizations, organization)
	return found
}

// Organization returns the only organization of the tenant, false if it has several.
func (t *Tenant) Organization() (string, bool) {
	if len(t.organizations) != 1 {
		return "", false
	}
	return t.organizations[0], true
}

// Organizations returns the organizations of the tenant, in order, nil if it may send
// events of all.
func (t *Tenant) Organizations() []string { return slices.Clone(t.organizations) }

// GetAttribute returns an attribute of the tenant, nil if there is no such attribute.
func (t *Tenant) GetAttribute(name string) any {
	switch name {
	case NameAttribute:
		return t.name
	case OrganizationsAttribute:
		if t.organizations == nil {
			return []string{AnyOrganization}
		}
		return t.Organizations()
	default:
		return nil
	}
}

// GetAttributeNames returns the names of the attributes of a tenant.
func (t *Tenant) GetAttributeNames() []string {
	return []string{NameAttribute, OrganizationsAttribute}
}

// String returns the name of the token.
func (t *Tenant) String() string { return t.name }

// uuidLength is the length of a UUID with its dashes.
const uuidLength = 36

// canonical returns an organization as clients send it: a UUID in small letters.
func canonical(organization string) string {
	if len(organization) != uuidLength {
		return organization
	}
	for i := range len(organization) {
		if c := organization[i]; !strings.ContainsRune("0123456789abcdefABCDEF-", rune(c)) {
			return organization
		}
	}
	return strings.ToLower(organization)
}
