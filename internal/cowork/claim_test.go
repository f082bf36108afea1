package cowork

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
)

func onlyA(organization string) bool { return organization == "a" }

// TestClaim reads the organizations of one map.
func TestClaim(t *testing.T) {
	for key, value := range map[string]any{
		"organization.id": "b", "ORGANIZATION_ID": "b", "organizationId": "b", "organization:id": "b", "organization.id.": "b",
		"organization": map[string]any{"Id": "b"}, "organization-id": int64(5), "Organization": map[string]any{"id": []any{"a"}}, "organization id": []any{"a"},
	} {
		m := pcommon.NewMap()
		require.NoError(t, m.FromRaw(map[string]any{key: value, "other": "x"}))
		claim := Claim{}.ReadClaim(m, onlyA)
		require.True(t, claim.Named && claim.Foreign, key)
		require.NotEmpty(t, claim.Organization)
		require.True(t, RenameClaims(m, onlyA))
		require.False(t, RenameClaims(m, onlyA))
		require.Equal(t, map[string]any{"client." + key: value, "other": "x"}, m.AsRaw())
		require.Equal(t, Claim{}, Claim{}.ReadClaim(m, onlyA))
	}
	for key, value := range map[string]any{
		"organization": "b", "organization.idx": "b", "org.id": "b", "corganization.id": "b", "organization.name": "b", "other": map[string]any{"id": "b"},
		"organization.id": "undefined", "organization_id": "", strings.Repeat("organization.id ", 9): "b", "örganization.id": "b",
	} {
		m := pcommon.NewMap()
		require.NoError(t, m.FromRaw(map[string]any{key: value}))
		require.Equal(t, Claim{}, Claim{}.ReadClaim(m, onlyA), key)
		require.False(t, RenameClaims(m, onlyA), key)
	}
	m := pcommon.NewMap()
	m.PutStr("organization.id", "a")
	require.Equal(t, Claim{Named: true}, Claim{}.ReadClaim(m, onlyA))
}

// TestClaimTwice has a key twice, as only the wire can have it: readers use either one.
func TestClaimTwice(t *testing.T) {
	for _, values := range [][2]string{{"a", "b"}, {"b", "a"}, {"undefined", "b"}} {
		ld, err := new(plog.JSONUnmarshaler).UnmarshalLogs([]byte(`{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"attributes":[
			{"key":"organization.id","value":{"stringValue":"` + values[0] + `"}},{"key":"organization.id","value":{"stringValue":"` + values[1] + `"}}]}]}]}]}`))
		require.NoError(t, err)
		rec := ld.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0)
		require.True(t, Claim{}.ReadRecordClaim(rec, onlyA).Foreign)
		RenameRecordClaims(rec, onlyA)
		require.False(t, Claim{}.ReadRecordClaim(rec, onlyA).Foreign)
	}
}
