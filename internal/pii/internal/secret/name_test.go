package secret

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// TestNameBefore checks the name before the operator of a text, which is at ^.
func TestNameBefore(t *testing.T) {
	for in, want := range map[string]string{
		"password^=x": "password", "db.password ^= x": "db.password", `"password"^: x`: "password", `\"password\"^: x`: "password", "**password**^: x": "password",
		"my api key^: x": "my api key", `\npassword^=x`: "password", "^=x": "", " ^=x": "", "[REDACTED_EMAIL]^=x": "", "contraseña^: x": "contraseña", "a\npassword^=x": "password",
		strings.Repeat("a", 100) + "^=x": strings.Repeat("a", nameMax),
	} {
		i := strings.IndexByte(in, '^')
		plain := in[:i] + in[i+1:]
		r := Reader{View: text.View{Text: plain}}
		got, start := nameBefore(&r, i)
		require.Equal(t, want, got, in)
		require.True(t, start >= 0 && start+len(got) <= i, in)
	}
}

// TestNamesByContext checks values whose own name is only a type or a word such as value.
func TestNamesByContext(t *testing.T) {
	checkFound(t,
		`<add key="ClientSecret" value="«4f9d2c7be1a85630»"/>`,
		`- name: DB_PASSWORD⏎  value: "«Mosspond#204»"`,
		`{"name": "DB_PASSWORD", "value": "«Mosspond#204»"`,
		`variable "db_password" {⏎  default = "«Mosspond#204»"`,
		`password string = "«Mosspond#204»"`,
	)
	checkNone(t,
		`<add key="Theme" value="Mosspond#204"/>`, `- name: THEME⏎  value: "Mosspond#204"`, `variable "region" {⏎  default = "Mosspond#204"`, `<a></a> value="Mosspond#204"`,
		`value: "Mosspond#204"`, `default = "Mosspond#204"`,
	)
}
