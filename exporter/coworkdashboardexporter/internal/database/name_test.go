package database

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestNameIsPrintedWithoutPassword prints names in all ways.
func TestNameIsPrintedWithoutPassword(t *testing.T) {
	for name, want := range map[Name]string{
		"./data/dashboard.db": "./data/dashboard.db",
		"":                    "",
		"postgres://cowork@db.example.com/cowork?sslmode=verify-full":      "postgres://cowork@db.example.com/cowork?sslmode=verify-full",
		"postgres://cowork:secret01@db.example.com/cowork":                 "postgres://cowork:***@db.example.com/cowork",
		"postgresql://cowork:sec@ret/01?@a:5432,b:5432/cowork":             "postgresql://cowork:***@a:5432,b:5432/cowork",
		"postgres://:secret01@/cowork?host=/run":                           "postgres://:***@/cowork?host=/run",
		"postgres:///cowork?user=cowork&password=secret01&host=/run":       "postgres:///cowork?user=cowork&password=***&host=/run",
		"postgres:///cowork?pass%77ord=secret01&sslpassword=secret01&a=%x": "postgres:///cowork?pass%77ord=***&sslpassword=***&a=%x",
		"postgres:///cowork?%zz=secret01":                                  "postgres:///cowork?%zz=***",
	} {
		encoded, err := json.Marshal(name)
		require.NoError(t, err)
		require.Equal(t, want, name.String())
		require.Equal(t, want, fmt.Sprint(name))
		for _, text := range []string{string(encoded), fmt.Sprintf("%v %+v %#v %q", name, struct{ Name }{name}, name, name)} {
			require.NotContains(t, text, "secret01")
			require.NotContains(t, text, "ret/01")
		}
	}
}

// TestCheckName checks names that are no file and no address.
func TestCheckName(t *testing.T) {
	for _, name := range []Name{"", "./data/dashboard.db", "/var/lib/cowork/page.db", "postgres://cowork@db.example.com/cowork?sslmode=verify-full", "postgres://u:pw@a:5432,b:5432/d", "postgresql:///d?host=/run/postgresql"} {
		require.NoError(t, name.Check(), string(name))
	}
	for name, want := range map[Name]string{
		":memory:":                             `":memory:": must be the path of a file (`,
		"file:page.db":                         `"file:page.db": must be the path of a file (`,
		"mysql://u:secret01@h/d":               "must be the path of a file, or an address that begins with postgres:// (",
		"host=h user=u password=secret01":      "must be the path of a file, or an address that begins with postgres:// (",
		"postgres://u:secret01@h:port/d":       errAddress.Error(),
		"postgres://u:secret01@h/d?sslmode=no": errAddress.Error(),
		"postgres://u:p@ss/secret01@h/d":       errAddress.Error(), // both were read as the host ss, and the end
		"postgres://u:p@ss/secret01#x@h/d":     errAddress.Error(), // of the password as a name that errors contain
	} {
		err := name.Check()
		require.ErrorContains(t, err, want)
		require.NotContains(t, err.Error(), "secret01")
	}
}
