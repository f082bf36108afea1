package secret

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

func TestTables(t *testing.T) {
	checkRows(t, LinkColumn,
		"user,password,role⏎ops,«Mosspond#204»,admin⏎web,«Heron-Latch42»,editor⏎",
		"user,password,api_token⏎ops,«Mosspond#204»,«4f9d2c7be1a85630»⏎web,«Heron-Latch42»,«q8Zr4Tb1Xw6Pn3Lc»⏎",
		"user;password⏎ops;«Mosspond#204»⏎",
		"user\tpassword⏎ops\t«Mosspond#204»⏎web\t«heronlatch»⏎",
		"| User | Password |⏎|---|---|⏎| ops | `«Mosspond#204»` |⏎| web | «Heron-Latch42» |⏎",
		"password,user⏎«Mosspond#204»,ops⏎",
		"USER   PASSWORD       ROLE⏎ops    «Mosspond#204»   admin⏎web    «Heron-Latch42»  editor⏎",
		"| Password | «Mosspond#204» |⏎",
		"INSERT INTO users (name, password) VALUES ('ops', '«Mosspond#204»'), ('web', '«Heron-Latch42»')",
		"Recovery codes:⏎- «8f3k-29dm»⏎- «7h2q-44pz»⏎",
	)
	checkNone(t,
		"user,password,role⏎", "user,password⏎ops,<password>⏎", "a, password, b", "| Password policy | Role |⏎|---|---|⏎| Mosspond#204 | x |⏎",
		"INSERT INTO users (name, password) VALUES ('ops', ?)", "INSERT INTO users (password, name) VALUES (NULL, 'Mosspond#204')", "Error codes:⏎- 8f3k-29dm⏎", "| Password | required |⏎",
	)
}

// TestTableBounds reaches the bounds of rows, of a heading and of a cell.
func TestTableBounds(t *testing.T) {
	rows := func(n int) string {
		var b strings.Builder
		b.WriteString("user,password\n")
		for i := range n {
			fmt.Fprintf(&b, "ops,Mosspond#%d\n", i+1000)
		}
		return b.String()
	}
	found := func(in string) int {
		var r Reader
		read(&r, text.View{Text: in})
		return len(valuesOf(&r))
	}
	require.Equal(t, rowsMax, found(rows(rowsMax)))
	require.Equal(t, rowsMax, found(rows(rowsMax+50)))
	wide := strings.Repeat("abc,", headMax/4+10)
	require.Zero(t, found(wide+"password\n"+wide+"Mosspond#204\n"), "a heading over the bound")
	value := "Mosspond#204" + strings.Repeat("Heron7Latch", cellMax/10)
	require.Equal(t, 1, found("user,password\nops,"+value[:cellMax]+"\n"))
	require.Zero(t, found("user,password\nops,"+value[:cellMax+1]+"\n"))
}
